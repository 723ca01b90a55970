"""How many datums a stage has, as a formula over the names that its inputs bind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.input_names import item_names, leaf_names, leaves_of
from bcdsl.model import CronLeaf, Inputs, Item, Operator, PfsLeaf
from bcdsl.pattern.tree import Fixed, Group, Node, Text


def formula(inputs: Inputs) -> str | None:
    """Return e.g. `one per exam × view`; None where an operator decides and no name says it."""
    if inputs.each is not None:
        names = [name.value for name in inputs.each]
        return f"one per {' × '.join(names)}" if names else "one in all"
    if any(isinstance(item, Operator) and not item_names(item) for item in inputs.items):
        return None
    factors = dict.fromkeys(factor for item in inputs.items for factor in _factors(item))
    return f"one per {' × '.join(factors)}" if factors else "one in all"


def _factors(item: Item) -> Iterator[str]:
    for leaf in leaves_of(item):
        if isinstance(leaf, CronLeaf):
            if not (leaf.overwrite and leaf.overwrite.value):
                yield f"tick of {leaf.name.value}"
            continue
        for name, node in leaf_names(leaf).items():
            if not isinstance(node, Fixed) and not _is_inside(name, leaf):
                yield name
        if has_nameless_choice(leaf.pattern.nodes):
            yield f"match of {leaf.pattern.text} in {leaf.name.value}"


def _is_inside(name: str, leaf: PfsLeaf) -> bool:
    """Tell whether a name stands inside another, which then says it all."""
    found = leaf_names(leaf)
    inner = found[name]
    return any(
        other != name and node.start <= inner.start and inner.end <= node.end
        for other, node in found.items()
        if isinstance(node, Group)
    )


def has_nameless_choice(nodes: Sequence[Node]) -> bool:
    """Tell whether nodes leave something open that no name binds."""
    return any(
        not isinstance(node, Text | Fixed) and not (isinstance(node, Group) and node.name)
        for node in nodes
    )
