"""A pattern as an automaton over classes of characters, for questions about all paths at once.

It takes every path that the pattern matches. What a negation excludes is not looked at: it
counts as `*`, so the automaton may take more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from bcdsl.frozen import dataclass, field
from bcdsl.pattern.char_class import ranges
from bcdsl.pattern.tree import (
    AnyChar,
    Braces,
    CharClass,
    DoubleStar,
    Fixed,
    Group,
    Node,
    Pattern,
    Star,
    Text,
)

Ranges: TypeAlias = tuple[tuple[int, int], ...]  # ascending, apart from each other

SLASH = ord("/")

_LAST = 0x10FFFF
_NO_SLASH: Ranges = ((0, SLASH - 1), (SLASH + 1, _LAST))
_ANYTHING: Ranges = ((0, _LAST),)


@dataclass(slots=True)
class Automaton:
    """States by number: `free` moves take nothing, `steps` one character of a class."""

    free: list[list[int]] = field(default_factory=list)
    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self) -> int:
        """Add a state and return its number."""
        self.free.append([])
        self.steps.append([])
        return len(self.free) - 1

    def sequence(self, nodes: Sequence[Node], at: int) -> int:
        """Add what takes the nodes from a state on, and return the state behind."""
        for node in nodes:
            at = self.node(node, at)
        return at

    def node(self, node: Node, at: int) -> int:
        """Add what takes one node, and return the state behind."""
        match node:
            case Text(text=text) | Fixed(text=text):
                for char in text:
                    at = self.step(at, ((ord(char), ord(char)),))
                return at
            case AnyChar():
                return self.step(at, _NO_SLASH)
            case CharClass():
                return self.step(at, _class_ranges(node))
            case Star():
                return self.loop(at, _NO_SLASH)
            case DoubleStar():
                return self.loop(at, _ANYTHING)
            case Braces(alternatives=alternatives):
                return self.any_of(alternatives, at)
            case Group(operator="!"):
                return self.loop(at, _NO_SLASH)
            case Group(operator=operator, alternatives=alternatives):
                return self.group(operator, alternatives, at)

    def step(self, at: int, taken: Ranges) -> int:
        """Add one character of a class."""
        after = self.state()
        self.steps[at].append((taken, after))
        return after

    def loop(self, at: int, taken: Ranges) -> int:
        """Add any number of characters of a class."""
        inside = self.state()
        self.free[at].append(inside)
        self.steps[inside].append((taken, inside))
        after = self.state()
        self.free[inside].append(after)
        return after

    def any_of(self, alternatives: Iterable[Sequence[Node]], at: int) -> int:
        """Add alternatives that start and end in the same states."""
        after = self.state()
        for alternative in alternatives:
            first = self.state()
            self.free[at].append(first)
            self.free[self.sequence(alternative, first)].append(after)
        return after

    def group(self, operator: str, alternatives: Iterable[Sequence[Node]], at: int) -> int:
        """Add alternatives that may be left out or repeated."""
        before = self.state()
        self.free[at].append(before)
        after = self.any_of(alternatives, before)
        if operator in ("?", "*"):
            self.free[before].append(after)
        if operator in ("*", "+"):
            self.free[after].append(before)
        out = self.state()
        self.free[after].append(out)
        return out


def automaton_of(pattern: Pattern) -> Automaton:
    """Return an automaton that takes every path that the pattern matches."""
    automaton = Automaton()
    automaton.start = automaton.state()
    automaton.end = automaton.sequence(pattern.nodes, automaton.start)
    return automaton


def _class_ranges(node: CharClass) -> Ranges:
    merged: list[tuple[int, int]] = []
    for low, high in sorted((ord(low), ord(high)) for low, high in ranges(node.members)):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], high))
        else:
            merged.append((low, high))
    return _outside(merged) if node.negated else tuple(merged)


def _outside(inside: Sequence[tuple[int, int]]) -> Ranges:
    gaps = []
    at = 0
    for low, high in inside:
        if at < low:
            gaps.append((at, low - 1))
        at = high + 1
    if at <= _LAST:
        gaps.append((at, _LAST))
    return tuple(gaps)
