"""The names that a pattern binds."""

from __future__ import annotations

from bcdsl.pattern.tree import Fixed, Group, Pattern
from bcdsl.pattern.walk import walk


def names(pattern: Pattern) -> tuple[Group | Fixed, ...]:
    """Return the named parts in the order of their opening brackets, inner ones too."""
    return tuple(
        node
        for node in walk(pattern.nodes)
        if isinstance(node, Fixed) or (isinstance(node, Group) and node.name is not None)
    )
