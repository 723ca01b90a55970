"""A name used inside a written operator ties nothing outside of it."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called, leaves, name_span
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.input_names import free_names, item_names
from bcdsl.model import Item, Operator

CODE = "BC458"


def name_inside_operator(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each name that is hidden in an item and used beside it."""
    items = view.inputs.items
    if len(items) < 2 or not any(isinstance(item, Operator) for item in items):
        return
    users: dict[str, list[tuple[Item, bool]]] = {}
    for item in items:
        known = item_names(item)
        for name in sorted(_used(item)):
            users.setdefault(name, []).append((item, name in known))
    for name, found in users.items():
        hidden = [item for item, known in found if not known]
        beside = [item for item, _ in found if not hidden or item is not hidden[0]]
        if hidden and beside:
            yield _problem(name, hidden[0], beside[0])


def _used(item: Item) -> frozenset[str]:
    return frozenset(name for leaf in leaves((item,)) for name in free_names(leaf))


def _problem(name: str, inside: Item, beside: Item) -> Diagnostic:
    return Diagnostic(
        code=CODE,
        message=f"`<{name}>` is used inside {called(inside)} and in {called(beside)}, but does "
        "not tie them: a written operator has no names of its own",
        span=name_span(beside, name),
        labels=(Label(name_span(inside, name), "used here, inside the operator"),),
        help=f"write `*` for `<{name}>` on one side; or give it another name there; or write "
        "the inputs as a plain list",
    )
