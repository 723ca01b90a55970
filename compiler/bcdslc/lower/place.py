"""From what is tied together to joins, crosses and groups.

A tied part becomes a join, inputs that share nothing a cross, and `each` a group above each of
these. Where every input is kept and `each` is given, all files of a value are in its datum
with or without partners: a group of the leaves says it without a join. Written operators
stand as they were written.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.input_names import common_names, fixed_names, leaves_of
from bcdsl.model import CronLeaf, Inputs, Item, Leaf, Operator, OperatorKind, PfsLeaf
from bcdsl.pattern.tree import Fixed, Text
from bcdsl.ties import Part, Tie, TiedGroup, tie
from bcdslc.lower.placed import KeyScope, Placed, PlacedCron, PlacedOperator, PlacedPfs

_NO_NAMES: frozenset[str] = frozenset()


def place(inputs: Inputs) -> Placed:
    """Return the tree of a stage's inputs, its operators' parts still in no order."""
    placing = _Placing(inputs)
    parts = tuple(part for group in tie(inputs) for part in placing.group(group))
    return _cross(parts)


def _cross(parts: tuple[Placed, ...]) -> Placed:
    if len(parts) == 1:
        return parts[0]
    return PlacedOperator(kind=OperatorKind.CROSS, parts=parts, span=None)


class _Placing:
    """Places the inputs of one stage."""

    def __init__(self, inputs: Inputs) -> None:
        self.each = inputs.each is not None
        every = (leaf for item in inputs.items for leaf in leaves_of(item))
        self.index = {id(leaf): index for index, leaf in enumerate(every)}

    def group(self, group: TiedGroup) -> Iterator[Placed]:
        """Yield what is crossed for a tied group: its parts, or a join of them all.

        Where fixed names are all that ties the group, its only value is lacked by an input
        without files; a cross would then be empty, a join of empty keys keeps what is kept.
        """
        if group.only_fixed and group.keeps:
            names = frozenset[str]()
            whole = Part(inputs=group.inputs, shared=names, each=names, sayable=True)
            yield self.part(whole)
        else:
            for part in group.parts:
                yield self.part(part)

    def part(self, part: Part) -> Placed:
        """Return the tree of one part, grouped if the stage has `each`."""
        joined = len(part.inputs) > 1
        if joined and self.each and all(tie.kept for tie in part.inputs):
            below = KeyScope(names=part.each, spaced=part.each)
            return _grouped(self.items(part.inputs, None, below))
        spaced = part.shared if joined else part.each
        join = KeyScope(names=part.shared, spaced=spaced) if joined else None
        group = KeyScope(names=part.each, spaced=spaced) if self.each else None
        placed = self.items(part.inputs, join, group)
        if joined:
            placed = (PlacedOperator(kind=OperatorKind.JOIN, parts=placed, span=None),)
        if self.each and (joined or not is_one_entry(part.inputs[0].item)):
            return _grouped(placed)
        return placed[0]

    def items(
        self, ties: tuple[Tie, ...], join: KeyScope | None, group: KeyScope | None
    ) -> tuple[Placed, ...]:
        return tuple(self.item(tie.item, join, group) for tie in ties)

    def item(self, item: Item, join: KeyScope | None, group: KeyScope | None) -> Placed:
        """Return the tree of one item.

        A leaf has one key for all the joins above it and one for all the groups. The outermost
        counts: what is below an operator is taken apart by it, whatever key it had.
        """
        match item:
            case PfsLeaf():
                return PlacedPfs(leaf=item, index=self.index[id(item)], join=join, group=group)
            case CronLeaf():
                return PlacedCron(leaf=item, index=self.index[id(item)])
            case Operator():
                if item.kind is OperatorKind.JOIN and join is None:
                    join = _scope(item)
                if item.kind is OperatorKind.GROUP and group is None:
                    group = _scope(item)
                parts = tuple(self.item(part, join, group) for part in item.items)
                return PlacedOperator(kind=item.kind, parts=parts, span=item.span)


def _scope(operator: Operator) -> KeyScope:
    names = common_names(operator)
    if operator.each is not None:
        names &= frozenset(name.value for name in operator.each)
    names -= fixed_names(operator)
    return KeyScope(names=names, spaced=names)


def _grouped(parts: tuple[Placed, ...]) -> Placed:
    return PlacedOperator(kind=OperatorKind.GROUP, parts=parts, span=None)


def is_one_entry(item: Item) -> bool:
    """Tell whether an input is never more than one entry, so that grouping it says nothing."""
    match item:
        case PfsLeaf():
            return is_literal(item)
        case CronLeaf():
            return item.overwrite is not None and item.overwrite.value
        case Operator():
            return False


def is_literal(leaf: Leaf) -> bool:
    """Tell whether a pattern has no wildcards, and so matches one path at most."""
    return isinstance(leaf, PfsLeaf) and all(
        isinstance(node, Text | Fixed) for node in leaf.pattern.nodes
    )
