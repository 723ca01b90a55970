"""The fast road: an expression as a Python regular expression, where that is provably safe.

Python's engine backtracks without remembering, so its worst case is the number of ways to cut a
path into the parts that can stretch. This road is taken only for expressions in which nothing
that stretches is repeated or stands in something repeated: a repeat may hold one character of a
kind and no more (`+([0-9])`), which is a run under another name. Then with `k` runs that can
give way and `f` ways to choose alternatives a path of `n` characters costs at most about
`f * n**k` steps for each start of the last run, and `limit` is the longest path for which that
stays within `BUDGET`: longer paths go to the engine that remembers.

A run that a literal slash follows, of characters that are no slash, can stop at one place only
and does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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

BUDGET = 100_000  # steps: a few milliseconds
LONGEST = 4096  # even a lone run costs the square where its tail is long


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular expression for a glob, and the longest path that it may be asked.

    Its first group is the whole path, then come the glob's captures.
    """

    match: re.Pattern[str]
    limit: int


def regular(expressed: Expressed) -> Regular | None:
    """Return the glob as a regular expression, or None where it would not be safe."""
    cost = _cost(expressed.body, follows_slash=False)
    if cost is None or cost.ways > BUDGET:
        return None
    pattern = re.compile("(" + "".join(_texts(expressed.body)) + r")\Z")
    return Regular(match=pattern, limit=_limit(cost))


# --- what it may cost ---


@dataclass(frozen=True, slots=True)
class _Cost:
    """How many runs give way, and in how many ways alternatives can be taken."""

    runs: int = 0
    ways: int = 1

    def then(self, other: _Cost) -> _Cost:
        return _Cost(self.runs + other.runs, self.ways * other.ways)


def _limit(cost: _Cost) -> int:
    if cost.runs <= 1 and cost.ways < 100:
        return LONGEST
    budget = BUDGET / cost.ways
    return min(LONGEST, int(budget ** (1 / max(cost.runs, 1))))


def _cost(body: Sequence, *, follows_slash: bool) -> _Cost | None:
    total = _Cost()
    for index, part in enumerate(body):
        if index + 1 < len(body):
            after = body[index + 1]
            slash = isinstance(after, Literal) and after.text.startswith("/")
        else:
            slash = follows_slash
        found = _cost_of(part, slash)
        if found is None:
            return None
        total = total.then(found)
    return total


def _cost_of(part: Expression, follows_slash: bool) -> _Cost | None:
    match part:
        case Literal() | OneOf():
            return _Cost()
        case Run(of):
            return _Cost(runs=0 if of is NO_SLASH and follows_slash else 1)
        case Capture(_, body):
            return _cost(body, follows_slash=follows_slash)
        case Choice(alternatives):
            return _cost_of_any(alternatives, len(alternatives))
        case Repeat(alternatives, _, once):
            if once:
                return _cost_of_any(alternatives, len(alternatives) + 1)
            return _Cost(runs=1) if _single(alternatives) else None
        case Unless(alternatives):
            return _cost_of_any(alternatives, len(alternatives))


def _cost_of_any(alternatives: tuple[Sequence, ...], ways: int) -> _Cost | None:
    runs = 0
    for alternative in alternatives:
        found = _cost(alternative, follows_slash=False)
        if found is None:
            return None
        runs = max(runs, found.runs)
        ways *= found.ways
    return _Cost(runs, ways)


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
