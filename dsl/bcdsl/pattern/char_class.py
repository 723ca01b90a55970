"""What the members of a character class stand for.

The rules are those of Pachyderm's glob library: a `:name:` of a POSIX set is replaced by its
ranges wherever it stands, brackets or not, and only then are ranges read.
"""

from __future__ import annotations

import re

POSIX = {
    "alnum": "0-9A-Za-z",
    "alpha": "A-Za-z",
    "ascii": "\x00-\x7f",
    "blank": "\t ",
    "cntrl": "\x00-\x1f\x7f",
    "digit": "0-9",
    "graph": "!-~",
    "lower": "a-z",
    "print": " -~",
    "punct": "!-/:-@[-`{-~",
    "space": "\t\n\v\f\r ",
    "upper": "A-Z",
    "word": "0-9A-Za-z_",
    "xdigit": "0-9A-Fa-f",
}
_NAME = re.compile(":(" + "|".join(POSIX) + "):")


def expand(members: str) -> str:
    """Return the members with POSIX names replaced, from left to right."""
    if ":" not in members:
        return members
    return _NAME.sub(lambda found: POSIX[found[1]], members)


def ranges(members: str) -> tuple[tuple[str, str], ...]:
    """Return the members as pairs of first and last character, in the order written.

    A reversed range is returned as it stands, its ends in the wrong order.
    """
    return pairs_of(expand(members))


def pairs_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return what `ranges` does, for members whose POSIX names are replaced already."""
    found = []
    at = 0
    while at < len(text):
        if at + 2 < len(text) and text[at + 1] == "-":
            found.append((text[at], text[at + 2]))
            at += 3
        else:
            found.append((text[at], text[at]))
            at += 1
    return tuple(found)


def reversed_range(members: str) -> tuple[str, str] | None:
    """Return the first range whose ends stand in the wrong order, if there is one."""
    return next(((low, high) for low, high in ranges(members) if low > high), None)


def holds(members: str, negated: bool, character: str) -> bool:
    """Say whether the class matches a character."""
    return negated != any(low <= character <= high for low, high in ranges(members))
