"""Classes without members, which Pachyderm's library passes on to its regular expressions."""

from __future__ import annotations

from bcdsl.pattern.tree import CharClass, Pattern
from bcdsl.pattern.walk import walk


def has_leak(pattern: Pattern) -> bool:
    """Say whether the glob has a class without members."""
    return any(isinstance(node, CharClass) and not node.members for node in walk(pattern.nodes))


def leak_error(pattern: Pattern) -> str | None:
    """Return why a glob with an empty class does not compile, or None if it does."""
    return None
