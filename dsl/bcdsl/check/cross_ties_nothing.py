"""A name shared within a written `cross` ties nothing: it combines all with all."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called, leaves, name_span, operators
from bcdsl.diagnostic import Diagnostic, Label, Severity
from bcdsl.input_names import free_names
from bcdsl.model import Item, OperatorKind

CODE = "BC468"


def cross_ties_nothing(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one warning for each name that inputs of a cross share."""
    for operator in operators(view.inputs.items):
        if operator.kind is not OperatorKind.CROSS:
            continue
        users: dict[str, list[Item]] = {}
        for item in operator.items:
            for name in sorted(_used(item)):
                users.setdefault(name, []).append(item)
        for name, (left, *others) in users.items():
            if others:
                yield _problem(name, left, others[0])


def _problem(name: str, left: Item, right: Item) -> Diagnostic:
    return Diagnostic(
        code=CODE,
        message=f"{called(left)} and {called(right)} share `<{name}>`, but a `cross` "
        "combines all with all",
        span=name_span(right, name),
        severity=Severity.WARNING,
        labels=(Label(name_span(left, name), "the same name"),),
        help="write a plain list, which joins by the name; or write `*` for one of the two",
    )


def _used(item: Item) -> frozenset[str]:
    return frozenset(name for leaf in leaves((item,)) for name in free_names(leaf))
