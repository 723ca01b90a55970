"""What a node under `from` is, told by its shape and its keys alone."""

from __future__ import annotations

from enum import Enum

from bcdsl.keys.inputs import OPERATORS
from bcdsl.yaml_tree import Mapping, Node, Scalar


class InputKind(Enum):
    """The forms of inputs; two operators are two kinds."""

    NOTHING = "nothing"  # empty, or `~`
    REF = "ref"
    LEAF = "leaf"
    LIST = "list"
    NAMES = "names"
    JOIN = "join"
    CROSS = "cross"
    UNION = "union"
    GROUP = "group"


def input_kind(node: Node) -> InputKind:
    """Return the kind of a node where an input, or inputs, may stand."""
    if isinstance(node, Scalar):
        return InputKind.NOTHING if node.null or node.missing else InputKind.REF
    if not isinstance(node, Mapping):
        return InputKind.LIST
    keys = set(node.keys())
    if "of" in keys or "cron" in keys:
        return InputKind.LEAF
    for word in OPERATORS:
        if word in keys:
            return InputKind(word)
    return InputKind.NAMES
