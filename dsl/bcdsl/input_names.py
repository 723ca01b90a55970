"""Which names the inputs of a stage bind.

A name that a filled parameter fixes is a name like any other here; `is_fixed` tells it apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce

from bcdsl.model import CronLeaf, Item, Leaf, Operator, OperatorKind, PfsLeaf
from bcdsl.pattern.names import names
from bcdsl.pattern.tree import Fixed, Group


def leaf_names(leaf: Leaf) -> Mapping[str, Group | Fixed]:
    """Return the names of a leaf with the brackets that bind them, in the order of the pattern."""
    if isinstance(leaf, CronLeaf) or "<" not in leaf.pattern.text:
        return {}
    return {found.name: found for found in names(leaf.pattern) if found.name is not None}


def free_names(leaf: Leaf) -> frozenset[str]:
    """Return the names of a leaf that are not fixed."""
    bound = leaf_names(leaf)
    return frozenset(name for name, node in bound.items() if not isinstance(node, Fixed))


def leaves_of(item: Item) -> Iterator[Leaf]:
    """Yield the leaves of an item in the order written."""
    if isinstance(item, Operator):
        for part in item.items:
            yield from leaves_of(part)
    else:
        yield item


def is_choice(item: Item) -> bool:
    """Tell whether an item is a union whose alternatives are leaves or such unions."""
    return (
        isinstance(item, Operator)
        and item.kind is OperatorKind.UNION
        and all(not isinstance(part, Operator) or is_choice(part) for part in item.items)
    )


def common_names(item: Item) -> frozenset[str]:
    """Return the names that all leaves below an item have, fixed ones too."""
    found = [frozenset(leaf_names(leaf)) for leaf in leaves_of(item)]
    return reduce(frozenset.__and__, found) if found else frozenset()


def item_names(item: Item) -> frozenset[str]:
    """Return the names by which an item is tied to the items beside it, fixed ones too."""
    if isinstance(item, Operator) and not is_choice(item):
        return frozenset()
    return common_names(item)


def fixed_names(item: Item) -> frozenset[str]:
    """Return the names below an item that a filled parameter fixes."""
    return frozenset(
        name
        for leaf in leaves_of(item)
        for name, node in leaf_names(leaf).items()
        if isinstance(node, Fixed)
    )


def is_kept(item: Item) -> bool:
    """Tell whether an input is kept: a leaf with `keep`, or a union all of whose leaves are."""
    return all(
        isinstance(leaf, PfsLeaf) and leaf.keep is not None and leaf.keep.value
        for leaf in leaves_of(item)
    )
