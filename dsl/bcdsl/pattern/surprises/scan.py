"""Looking at a pattern's own text, where the tree no longer shows what was written."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.pattern.tree import CharClass, Pattern
from bcdsl.pattern.walk import walk


def unescaped(pattern: Pattern, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the characters between two offsets that no backslash stands before."""
    at = start
    while at < end:
        char = pattern.text[at]
        if char == "\\":
            at += 2
            continue
        yield at, char
        at += 1


def classes(pattern: Pattern) -> Iterator[CharClass]:
    """Yield the character classes of a pattern."""
    for node in walk(pattern.nodes):
        if isinstance(node, CharClass):
            yield node


def spell_class(members: str, *, negated: bool) -> str:
    """Return how a class with these members, names and ranges is written."""
    inside = "".join("\\" + char if char in "\\[]!^" else char for char in members)
    return "[" + ("!" if negated else "") + inside + "]"


def in_place(pattern: Pattern, start: int, end: int, text: str) -> str:
    """Return the pattern's text with another text between two offsets."""
    return pattern.text[:start] + text + pattern.text[end:]
