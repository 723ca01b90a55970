"""How many slashes the text of a part of a pattern holds, where that is one number."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.pattern.char_class import holds, ranges
from bcdsl.pattern.tree import (
    AnyChar,
    Braces,
    CharClass,
    DoubleStar,
    Fixed,
    Group,
    Node,
    Star,
    Text,
)


def slashes(node: Node) -> int | None:
    """Return the number of slashes in every text that the node matches, None if they differ."""
    match node:
        case Text(text=text) | Fixed(text=text):
            return text.count("/")
        case AnyChar() | Star():
            return 0
        case DoubleStar():
            return None
        case CharClass():
            return _of_class(node)
        case Braces(alternatives=alternatives):
            return _of_any(alternatives)
        case Group(operator="!"):
            return 0
        case Group(operator="@", alternatives=alternatives):
            return _of_any(alternatives)
        case Group(alternatives=alternatives):  # optional or repeated
            return 0 if _of_any(alternatives) == 0 else None


def _of_class(node: CharClass) -> int | None:
    if not node.members:
        return None
    if not holds(node.members, node.negated, "/"):
        return 0
    only = not node.negated and all(pair == ("/", "/") for pair in ranges(node.members))
    return 1 if only else None


def _of_any(alternatives: Sequence[Sequence[Node]]) -> int | None:
    found = {_of_all(alternative) for alternative in alternatives}
    return found.pop() if len(found) == 1 else None


def _of_all(nodes: Sequence[Node]) -> int | None:
    total = 0
    for node in nodes:
        count = slashes(node)
        if count is None:
            return None
        total += count
    return total
