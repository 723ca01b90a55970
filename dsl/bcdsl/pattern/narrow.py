"""`names:` at the top of a document: what a name stands for wherever it is written bare."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.frozen import replace
from bcdsl.pattern.tree import Group, Node, Pattern
from bcdsl.pattern.walk import rewrite


def narrow(pattern: Pattern, subs: Mapping[str, Pattern]) -> Pattern:
    """Return the pattern with each bare name that `subs` knows narrowed to its sub.

    A sub is what `read_sub` returns: one group with the alternatives. Its own brackets get the
    number 0, so that numbers go on counting what is written in the pattern itself, and its
    nodes the place of the name.
    """

    def change(node: Node) -> Node:
        if not isinstance(node, Group) or not node.bare or node.name is None:
            return node
        sub = subs.get(node.name)
        if sub is None:
            return node
        (group,) = sub.nodes
        assert isinstance(group, Group)

        def settle(inner: Node) -> Node:
            placed = replace(inner, start=node.start, end=node.end)
            return replace(placed, number=0) if isinstance(placed, Group) else placed

        alternatives = tuple(rewrite(each, settle) for each in group.alternatives)
        return replace(node, alternatives=alternatives, bare=False)

    return Pattern(text=pattern.text, nodes=rewrite(pattern.nodes, change))
