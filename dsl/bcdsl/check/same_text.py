"""Whether two patterns bind a name to one text on every path that both match."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.frozen import replace
from bcdsl.pattern.slashes import slashes
from bcdsl.pattern.tree import Fixed, Group, Node, Pattern, Text
from bcdsl.pattern.walk import rewrite


def binds_alike(left: Pattern, right: Pattern, name: str) -> bool:
    """Tell whether it is shown that a name's text is the same on every common path.

    Shown for patterns of one shape, and for names that are the same elements of the path.
    """
    if shape(left.nodes) == shape(right.nodes):
        return True
    place = _elements(left.nodes, name)
    return place is not None and place == _elements(right.nodes, name)


def shape(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return nodes without what says where they were written."""
    return rewrite(tuple(nodes), _bare)


def _bare(node: Node) -> Node:
    if isinstance(node, Group):
        return replace(node, start=0, end=0, number=0, bare=False, closer=")")
    if isinstance(node, Fixed):
        return Text(text=node.text, start=0, end=0)
    return replace(node, start=0, end=0)


def _elements(nodes: Sequence[Node], name: str) -> tuple[int, int] | None:
    """Return the first of the whole elements that a name takes, and how many more it takes."""
    before = 0
    for index, node in enumerate(nodes):
        count = slashes(node)
        if count is None:
            return None
        if isinstance(node, Group) and node.name == name:
            previous = nodes[index - 1] if index else None
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            starts = isinstance(previous, Text | Fixed) and previous.text.endswith("/")
            ends = following is None or (
                isinstance(following, Text | Fixed) and following.text.startswith("/")
            )
            return (before, count) if starts and ends else None
        before += count
    return None
