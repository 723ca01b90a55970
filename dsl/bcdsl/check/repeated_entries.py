"""A group above a join repeats an entry once for each row that it is in.

Where two inputs have several matches for one value, a datum holds their files many times.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.check.stage_inputs import StageInputs, called, leaves, operators, together
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.input_names import common_names, is_choice
from bcdsl.model import Item, Operator, OperatorKind, PfsLeaf
from bcdsl.pattern.tree import Fixed, Group, Node, Text
from bcdsl.source import Span

CODE = "BC469"


def repeated_entries(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one warning for each grouped join of two inputs with several matches per value."""
    inputs = view.inputs
    if inputs.each is not None:
        for group in view.groups:
            for part in group.parts:
                joined = len(part.inputs) > 1 and not all(tie.kept for tie in part.inputs)
                if joined and part.sayable:
                    items = [tie.item for tie in part.inputs]
                    yield from _warn(items, part.shared, inputs.each_span or inputs.span)
    grouped = inputs.each is not None
    for operator in operators(inputs.items):
        if operator.kind is OperatorKind.GROUP:
            joins = [one for one in operators(operator.items) if one.kind is OperatorKind.JOIN]
        elif grouped and operator.kind is OperatorKind.JOIN and operator in inputs.items:
            joins = [operator]
        else:
            continue
        for join in joins:
            yield from _warn(join.items, common_names(join), operator.span)


def _warn(items: Sequence[Item], key: frozenset[str], span: Span) -> Iterator[Diagnostic]:
    many = [item for item in items if _has_several(item, key)]
    if len(many) > 1:
        names = together(called(item) for item in many)
        yield Diagnostic(
            code=CODE,
            message=f"{names} can each have several files for one value of the join: the group "
            "holds each of them once per pair",
            span=span,
            severity=Severity.WARNING,
            help="write `keep` on all of them, which groups without a join; or drop `each` and "
            "read pairs",
        )


def _has_several(item: Item, key: frozenset[str]) -> bool:
    if isinstance(item, Operator):
        found = list(leaves((item,)))
        return len(found) > 1 or not is_choice(item) or _has_several(found[0], key)
    return isinstance(item, PfsLeaf) and _open(item.pattern.nodes, key)


def _open(nodes: Sequence[Node], key: frozenset[str]) -> bool:
    """Tell whether nodes can match several texts that bind the key's names alike."""
    for node in nodes:
        match node:
            case Text() | Fixed():
                pass
            case Group(name=name) if name in key:
                pass
            case Group(operator="@", alternatives=(only,)):
                if _open(only, key):
                    return True
            case _:
                return True
    return False
