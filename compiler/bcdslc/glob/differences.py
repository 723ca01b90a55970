"""Where we answer otherwise than Pachyderm's glob library, on purpose, and why.

Everything else is held to what was measured of the library. Each entry is a glob and a path that
show the difference, what the library does with them, and what we say.
"""

from __future__ import annotations

from bcdsl.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference: `captures` is our answer, None for no match."""

    name: str
    glob: str
    path: str
    library: str
    captures: tuple[str, ...] | None
    reason: str


DIFFERENCES = (
    Difference(
        name="time-out",
        glob="/+(+(a|b))/c",
        path="/" + "ab" * 23,
        library="panics after five minutes",
        captures=None,
        reason="a preview must answer; we find what the library would find if it had the time",
    ),
    Difference(
        name="random order",
        glob="/[[:alpha:digit:]]",
        path="/5",
        library="replaces names that share a colon in an order drawn at each compile: this"
        " matches on about three compiles in four",
        captures=None,
        reason="one question has one answer: names are replaced from left to right, so `:alpha:`"
        " counts here, and the letters of `digit` are members",
    ),
    Difference(
        name="depth",
        glob="/" + "(" * 101 + "a" + ")" * 101,
        path="/a",
        library="matches",
        captures=None,
        reason="more than a hundred groups in one another are refused, so that no text can"
        " exhaust the stack",
    ),
)

TEMPLATES = (
    # A reference with a leading zero, more than nine digits or other digits than ASCII's
    # crashes the library. We say so as an error, before anything runs.
    "$01",
    "${00}",
    "$1234567890",
    "$٣",
)
