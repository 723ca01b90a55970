"""Whether two patterns can match the same path.

Each pattern becomes an automaton; a search over pairs of states looks for a path that leads
both to their ends. What a negation excludes is not looked at, so it counts as `*`: "disjoint"
may be missed, never wrongly said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bcdsl.pattern.char_class import ranges
from bcdsl.pattern.leak import has_leak
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

BOUND = 50_000  # pairs of states looked at before giving up

Ranges: TypeAlias = tuple[tuple[int, int], ...]  # ascending, apart from each other

_LAST = 0x10FFFF
_SLASH = ord("/")
_NO_SLASH: Ranges = ((0, _SLASH - 1), (_SLASH + 1, _LAST))
_ANYTHING: Ranges = ((0, _LAST),)


def disjoint(left: Pattern, right: Pattern) -> bool:
    """Say whether it is shown, within the bound, that no path matches both patterns."""
    if has_leak(left) or has_leak(right):
        return False
    roots = [_is_root(pattern) for pattern in (left, right)]
    if any(roots):  # `/` matches the root, and the root matches nothing else
        return not all(roots)
    one, other = _automaton(left), _automaton(right)
    start = (one.start, other.start, True)
    seen = {start}
    waiting = [start]
    while waiting:
        if len(seen) > BOUND:
            return False
        a, b, after_slash = waiting.pop()
        if a == one.end and b == other.end and not after_slash:
            return False
        found = [(next_a, b, after_slash) for next_a in one.free[a]]
        found += [(a, next_b, after_slash) for next_b in other.free[b]]
        for class_a, next_a in one.steps[a]:
            for class_b, next_b in other.steps[b]:
                for is_slash in _shared(class_a, class_b):
                    if not is_slash or not after_slash or (a, b) == (one.start, other.start):
                        found.append((next_a, next_b, is_slash))
        fresh = [pair for pair in found if pair not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return True


def _is_root(pattern: Pattern) -> bool:
    return len(pattern.nodes) == 1 and getattr(pattern.nodes[0], "text", None) == "/"


def _shared(one: Ranges, other: Ranges) -> set[bool]:
    """Say for what the two classes share whether it is a slash: {True}, {False} or both."""
    kinds: set[bool] = set()
    for low, high in one:
        for low_other, high_other in other:
            first, last = max(low, low_other), min(high, high_other)
            if first > last:
                continue
            if first <= _SLASH <= last:
                kinds.add(True)
            if first < last or first != _SLASH:
                kinds.add(False)
    return kinds


@dataclass(slots=True)
class _Automaton:
    """States by number: `free` moves take nothing, `steps` one character of a class."""

    free: list[list[int]] = field(default_factory=list)
    steps: list[list[tuple[Ranges, int]]] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def state(self) -> int:
        self.free.append([])
        self.steps.append([])
        return len(self.free) - 1

    def sequence(self, nodes: Sequence[Node], at: int) -> int:
        for node in nodes:
            at = self.node(node, at)
        return at

    def node(self, node: Node, at: int) -> int:
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
        after = self.state()
        self.steps[at].append((taken, after))
        return after

    def loop(self, at: int, taken: Ranges) -> int:
        inside = self.state()
        self.free[at].append(inside)
        self.steps[inside].append((taken, inside))
        after = self.state()
        self.free[inside].append(after)
        return after

    def any_of(self, alternatives: Iterable[Sequence[Node]], at: int) -> int:
        after = self.state()
        for alternative in alternatives:
            first = self.state()
            self.free[at].append(first)
            self.free[self.sequence(alternative, first)].append(after)
        return after

    def group(self, operator: str, alternatives: Iterable[Sequence[Node]], at: int) -> int:
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


def _automaton(pattern: Pattern) -> _Automaton:
    automaton = _Automaton()
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
