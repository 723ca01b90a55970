"""The fast road: an expression as a Python regular expression, where that is provably safe.

Python's engine backtracks without remembering, so its worst case is the number of ways to cut a
path into the parts that can stretch. This road is taken only for expressions in which nothing
that stretches is repeated or stands in something repeated: a repeat may hold one character of a
kind and no more (`+([0-9])`), which is a run under another name. Then the ways are bounded by the
places where the runs can stop. Where a literal follows, a run stops only before its first
character, and runs that stop before one character do so at ever later places, so that `u` such
characters in the path give `k` runs at most the ways to choose up to `k` of `u`. A run of
non-slashes before a slash, and a run at the very end, have one place; any other has each place of
the path. Each way costs a step for each character at most, and each alternative multiplies.

`limit` is the longest path that is safe whatever it holds; for longer ones `safe` counts what
the path does hold. What is not safe goes to the engine that remembers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Series
from functools import lru_cache
from math import comb
from operator import methodcaller

from bcdsl.frozen import dataclass, field
from bcdsl.pattern.expression import (
    NO_NEWLINE,
    NO_SLASH,
    Capture,
    Choice,
    Expressed,
    Expression,
    Literal,
    OneOf,
    Repeat,
    Run,
    Sequence,
    Unless,
)

BUDGET = 200_000  # steps: a few milliseconds
LONGEST = 4096  # even a lone run costs the square where its tail is long


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular expression for a glob, and what it may be asked.

    Its first group is the whole path, then come the glob's captures.
    """

    match: re.Pattern[str]
    limit: int
    cost: _Cost

    def safe(self, path: str) -> bool:
        """Say whether a path may be asked."""
        size = len(path)
        return size <= self.limit or self._within(size, lambda stop: path.count(stop))

    def all_safe(self, paths: Series[str]) -> bool:
        """Say whether all of some paths may be asked, told by the worst of each kind."""
        size = len(max(paths, key=len))
        if size <= self.limit:
            return True
        return self._within(size, lambda stop: max(map(methodcaller("count", stop), paths)))

    def _within(self, size: int, places: Callable[[str], int]) -> bool:
        steps = size * self.cost.ways
        for stop, runs in self.cost.stops.items():
            steps *= _choices(places(stop), runs) if stop else size**runs
            if steps > BUDGET:
                return False
        return size <= LONGEST


@lru_cache(maxsize=4096)
def _choices(places: int, runs: int) -> int:
    """Return in how many ways up to so many of the places can be chosen."""
    return sum(comb(places, some) for some in range(min(places, runs) + 1))


def regular(expressed: Expressed) -> Regular | None:
    """Return the glob as a regular expression, or None where it would not be safe."""
    cost = _cost(expressed.body, _END)
    if cost is None or cost.ways > BUDGET:
        return None
    pattern = re.compile("(" + "".join(_texts(expressed.body)) + r")\Z")
    return Regular(match=pattern, limit=_limit(cost), cost=cost)


# --- what it may cost ---

_END = "\0"  # follows the whole
_ANYWHERE = ""  # what follows may start with any character


@dataclass(frozen=True, slots=True)
class _Cost:
    """In how many ways alternatives can be taken, and how many runs stop before a character."""

    ways: int = 1
    stops: Mapping[str, int] = field(default_factory=dict)

    def and_then(self, other: _Cost) -> _Cost:
        stops = dict(self.stops)
        for stop, runs in other.stops.items():
            stops[stop] = stops.get(stop, 0) + runs
        return _Cost(self.ways * other.ways, stops)


def _limit(cost: _Cost) -> int:
    runs = sum(cost.stops.values())
    if runs <= 1 and cost.ways < 100:
        return LONGEST
    return min(LONGEST, int((BUDGET / cost.ways) ** (1 / (runs + 1))))


def _cost(body: Sequence, follows: str) -> _Cost | None:
    """Return the cost of a sequence; `follows` is the character behind it."""
    total = _Cost()
    for part in reversed(body):
        found = _cost_of(part, follows)
        if found is None:
            return None
        total = total.and_then(found)
        follows = _first(part, follows)
    return total


def _first(part: Expression, follows: str) -> str:
    """Return the character that a part starts with, given what stands behind it."""
    match part:
        case Literal(text):
            return text[0]
        case Capture(_, body):
            for inner in reversed(body):
                follows = _first(inner, follows)
            return follows
        case Unless():
            return follows
        case _:
            return _ANYWHERE


def _cost_of(part: Expression, follows: str) -> _Cost | None:
    match part:
        case Literal() | OneOf():
            return _Cost()
        case Run(of):
            one = follows == _END or (of is NO_SLASH and follows == "/")
            return _Cost(stops={} if one else {follows: 1})
        case Capture(_, body):
            return _cost(body, follows)
        case Choice(alternatives):
            return _cost_of_any(alternatives, follows, len(alternatives))
        case Repeat(alternatives, _, once):
            if once:
                return _cost_of_any(alternatives, follows, len(alternatives) + 1)
            return _Cost(stops={_ANYWHERE: 1}) if _single(alternatives) else None
        case Unless(alternatives):
            return _cost_of_look_ahead(alternatives)


def _cost_of_any(alternatives: tuple[Sequence, ...], follows: str, ways: int) -> _Cost | None:
    """Return the cost of alternatives: each is tried, so all their runs count."""
    total = _Cost(ways)
    for alternative in alternatives:
        found = _cost(alternative, follows)
        if found is None:
            return None
        total = total.and_then(found)
    return total


def _cost_of_look_ahead(alternatives: tuple[Sequence, ...]) -> _Cost | None:
    """Return the cost of a look-ahead, whose runs stop in no order with those around it."""
    found = _cost_of_any(alternatives, _ANYWHERE, len(alternatives))
    if found is None:
        return None
    runs = sum(found.stops.values())
    return _Cost(found.ways, {_ANYWHERE: runs} if runs else {})


def _single(alternatives: tuple[Sequence, ...]) -> bool:
    """Say whether a repeat holds one character of a kind and no more."""
    return (
        len(alternatives) == 1
        and len(alternatives[0]) == 1
        and isinstance(alternatives[0][0], OneOf)
    )


# --- the text ---


def _texts(body: Sequence) -> Iterator[str]:
    for part in body:
        match part:
            case Literal(text):
                yield re.escape(text)
            case OneOf():
                yield _one(part)
            case Run(of):
                yield _one(of) + "*"
            case Choice(alternatives):
                yield "(?:" + _any(alternatives) + ")"
            case Repeat(alternatives, least, once):
                yield "(?:" + _any(alternatives) + ")" + ("?" if once else "+" if least else "*")
            case Capture(_, inside):
                yield "(" + "".join(_texts(inside)) + ")"
            case Unless(alternatives, to_end):
                yield "(?!(?:" + _any(alternatives, "$" if to_end else "") + "))"


def _any(alternatives: tuple[Sequence, ...], end: str = "") -> str:
    return "|".join("".join(_texts(each)) + end for each in alternatives)


def _one(one: OneOf) -> str:
    if one is NO_SLASH:
        return "[^/]"
    if one is NO_NEWLINE:
        return "."
    inside = "".join(
        _member(low) if low == high else f"{_member(low)}-{_member(high)}"
        for low, high in one.pairs
    )
    return f"[{'^' if one.negated else ''}{inside}]"


def _member(character: str) -> str:
    return "\\" + character if character in "[]\\-^&|~" else character
