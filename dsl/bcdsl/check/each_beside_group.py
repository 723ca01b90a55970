"""`each` may not stand beside an item that holds a `group`: a leaf has one grouping key."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, holds, leaves, operators
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.model import OperatorKind, PfsLeaf

CODE = "BC455"
KEY = "BC473"


def each_beside_group(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each written group, or written grouping key, under `each`."""
    inputs = view.inputs
    if inputs.each is None:
        return
    span = inputs.each_span or inputs.span
    for item in inputs.items:
        if holds(item, OperatorKind.GROUP):
            inner = next(one for one in operators((item,)) if one.kind is OperatorKind.GROUP)
            yield Diagnostic(
                code=CODE,
                message="`each` stands beside a `group`, and an input has one grouping key",
                span=span,
                labels=(Label(inner.span, "grouped here"),),
                help="give the `group` its own `each` and drop the stage's; or do one of the two "
                "in a stage before this one",
            )
            return
    for leaf in leaves(inputs.items):
        if isinstance(leaf, PfsLeaf) and leaf.group_by is not None:
            yield Diagnostic(
                code=KEY,
                message="`group_by` is written here, and `each` writes a grouping key too",
                span=leaf.group_by.span,
                labels=(Label(span, "this writes the keys"),),
                help="drop one of the two",
            )
