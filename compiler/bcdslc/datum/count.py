"""How many datums a node has, without making them where a formula knows.

A cross has the product of its parts' numbers, a union their sum, a group its keys; a join has,
for each key, the product of its parts' entries of that key. Where leaves share entries
datums may come about twice, and then they are made and counted.
"""

from __future__ import annotations

from math import prod

from bcdslc.datum.bucket import options
from bcdslc.datum.node import Combined, Kind, Leaf, Node
from bcdslc.datum.stream import outer, stream, tables


def count(node: Node) -> int:
    """Return the number of datums of a node."""
    if isinstance(node, Leaf):
        return len(node.entries)
    if not node.distinct:
        return sum(1 for _ in stream(node))
    match node.kind:
        case Kind.CROSS:
            return prod(map(count, node.parts))
        case Kind.UNION:
            return sum(map(count, node.parts))
        case Kind.GROUP:
            return sum(1 for _ in stream(node))
        case Kind.JOIN:
            return _count_join(node)


def _count_join(node: Combined) -> int:
    found = tables(node)
    total = len(found.whole)
    for key in found.whole.intersection(set().union(*found.several)):
        total += prod(len(options(bucket)) for bucket in found.of(key)) - 1
    for key in found.lacking:
        total += sum(1 for _ in outer(found.of(key)))
    return total
