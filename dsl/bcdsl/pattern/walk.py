"""Going over the nodes of a pattern."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bcdsl.frozen import replace
from bcdsl.pattern.tree import Braces, Group, Node


def walk(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield every node in the order of the text, a group before what it holds."""
    for node in nodes:
        yield node
        if isinstance(node, Group | Braces):
            for alternative in node.alternatives:
                yield from walk(alternative)


def rewrite(nodes: Sequence[Node], change: Callable[[Node], Node]) -> tuple[Node, ...]:
    """Return the nodes with `change` applied to each, a group before what it then holds."""
    return tuple(_rewritten(change(node), change) for node in nodes)


def _rewritten(node: Node, change: Callable[[Node], Node]) -> Node:
    if not isinstance(node, Group | Braces):
        return node
    inner = tuple(rewrite(alternative, change) for alternative in node.alternatives)
    return node if inner == node.alternatives else replace(node, alternatives=inner)
