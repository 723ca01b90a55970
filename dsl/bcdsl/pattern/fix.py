"""Filled parameters: a name that stands for one text."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.pattern.tree import Fixed, Group, Node, Pattern
from bcdsl.pattern.walk import rewrite


def fix(pattern: Pattern, texts: Mapping[str, str]) -> Pattern:
    """Return the pattern with each name that `texts` knows replaced by its text."""

    def change(node: Node) -> Node:
        if not isinstance(node, Group) or node.name is None or node.name not in texts:
            return node
        return Fixed(
            name=node.name,
            text=texts[node.name],
            number=node.number,
            start=node.start,
            end=node.end,
        )

    return Pattern(text=pattern.text, nodes=rewrite(pattern.nodes, change))
