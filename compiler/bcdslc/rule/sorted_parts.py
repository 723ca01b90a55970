"""The members of an operator in the order that the server gives them."""

from __future__ import annotations

from bcdslc.spec.message import Input


def sorted_parts(node: Input, operator: str) -> list[tuple[int, Input]]:
    """Return the members with their numbers as written, stably sorted by name.

    The nameless and the crons come first (pachyderm: src/pps/util.go, SortInput).
    """
    parts: tuple[Input, ...] = getattr(node, operator) or ()
    return sorted(enumerate(parts), key=lambda part: _name(part[1]))


def _name(node: Input) -> str:
    if node.pfs is not None:
        return node.pfs.name or ""
    for operator in ("cross", "join", "group", "union"):
        parts = sorted_parts(node, operator)
        if parts:
            return _name(parts[0][1])
    return ""
