"""Whether two files say the same: equal texts in equal trees, however they are laid out."""

from __future__ import annotations

from collections.abc import Sequence as Items

from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence


def same_trees(left: Items[Node], right: Items[Node]) -> bool:
    """Compare documents by what they hold; a shared node is compared once."""
    if len(left) != len(right):
        return False
    todo = list(zip(left, right, strict=True))
    seen: set[tuple[int, int]] = set()
    while todo:
        one, other = todo.pop()
        if isinstance(one, Scalar):
            if not isinstance(other, Scalar) or (one.text, one.style) != (other.text, other.style):
                return False
            continue
        if (id(one), id(other)) in seen:
            continue
        seen.add((id(one), id(other)))
        below = _below(one), _below(other)
        if type(one) is not type(other) or len(below[0]) != len(below[1]):
            return False
        todo += zip(*below, strict=True)
    return True


def _below(node: Node) -> Items[Node]:
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Mapping):
        return [part for entry in node.entries for part in entry]
    return ()
