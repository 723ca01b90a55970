"""`keep` needs something to be kept from: a join that would leave files out."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.input_names import is_choice, leaves_of
from bcdsl.model import Item, Operator, OperatorKind, PfsLeaf

CODE = "BC456"


def keep_without_partner(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each `keep` under no join, found or written."""
    for leaf in _kept_from_nothing(view):
        assert leaf.keep is not None
        yield Diagnostic(
            code=CODE,
            message=f"{called(leaf)} is tied to nothing, so there is nothing to keep its files "
            "from",
            span=leaf.keep.span,
            help="drop `keep`, or share a name with another input",
        )


def _kept_from_nothing(view: StageInputs) -> Iterator[PfsLeaf]:
    for group in view.groups:
        tied = len(group.inputs) > 1
        for tie in group.inputs:
            joined = tied and (not isinstance(tie.item, Operator) or is_choice(tie.item))
            yield from (leaf for leaf in _loose(tie.item, joined) if _is_kept(leaf))


def _loose(item: Item, joined: bool) -> Iterator[PfsLeaf]:
    """Yield the leaves below an item that no join stands above."""
    if joined:
        return
    if isinstance(item, PfsLeaf):
        yield item
    elif isinstance(item, Operator):
        for part in item.items:
            yield from _loose(part, item.kind is OperatorKind.JOIN)


def keep_in_union(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each union of which some alternatives are kept, but not all."""
    told = [leaf.span for leaf in _kept_from_nothing(view)]
    for kept, other in _unions(view.inputs.items):
        if kept.span not in told:
            yield _some(kept, other)


UNION_CODE = "BC457"


def _unions(items: tuple[Item, ...]) -> Iterator[tuple[PfsLeaf, Item]]:
    for item in items:
        if not isinstance(item, Operator):
            continue
        if item.kind is OperatorKind.UNION:
            found = list(_alternatives(item))
            kept = [leaf for leaf in found if isinstance(leaf, PfsLeaf) and _is_kept(leaf)]
            others = [leaf for leaf in found if leaf not in kept]
            if kept and others:
                yield kept[0], others[0]
                continue
        yield from _unions(item.items)


def _alternatives(item: Item) -> Iterator[Item]:
    """Yield the leaves of a union that share its fate: not those below a join of their own."""
    if isinstance(item, Operator):
        for part in item.items:
            if not (isinstance(part, Operator) and part.kind is OperatorKind.JOIN):
                yield from _alternatives(part)
    else:
        yield from leaves_of(item)


def _is_kept(leaf: PfsLeaf) -> bool:
    return leaf.keep is not None and leaf.keep.value


def _some(kept: PfsLeaf, other: Item) -> Diagnostic:
    assert kept.keep is not None
    return Diagnostic(
        code=UNION_CODE,
        message=f"{called(kept)} is kept and another alternative of its union is not",
        span=kept.keep.span,
        labels=(Label(other.span, "this one is not kept"),),
        help="write `keep` on all alternatives or on none",
    )
