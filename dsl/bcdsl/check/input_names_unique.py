"""Every input of a stage has its own directory under `/pfs`.

Alternatives of one union may share a name: a datum has one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bcdsl.check.stage_inputs import StageInputs, leaves
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.model import Item, Leaf, Operator, OperatorKind, PfsLeaf

TWICE = "BC465"
RESERVED = "BC466"

_RESERVED = {
    "out": "the stage's output",
    ".env": "the stage's variables",
}


def input_names_unique(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each input whose name is taken, or is not for inputs."""
    problems: list[Diagnostic] = []
    _together(view.inputs.items, problems)
    yield from problems
    for leaf in leaves(view.inputs.items):
        if leaf.name.value in _RESERVED:
            yield Diagnostic(
                code=RESERVED,
                message=f"no input can be named `{leaf.name.value}`: `/pfs/{leaf.name.value}` is "
                f"{_RESERVED[leaf.name.value]}",
                span=leaf.name.span,
                help="give it another name: `NAME: …`",
            )


def _together(items: tuple[Item, ...], problems: list[Diagnostic]) -> Mapping[str, Leaf]:
    """Return the names used below items that stand in one datum, noting those used twice."""
    used: dict[str, Leaf] = {}
    for item in items:
        for name, leaf in _below(item, problems).items():
            if name in used:
                problems.append(_twice(used[name], leaf))
            used.setdefault(name, leaf)
    return used


def _below(item: Item, problems: list[Diagnostic]) -> Mapping[str, Leaf]:
    if not isinstance(item, Operator):
        return {item.name.value: item}
    if item.kind is not OperatorKind.UNION:
        return _together(item.items, problems)
    used: dict[str, Leaf] = {}
    for part in item.items:
        used = {**_below(part, problems), **used}
    return used


def _twice(first: Leaf, second: Leaf) -> Diagnostic:
    named = isinstance(second, PfsLeaf) and not second.named
    return Diagnostic(
        code=TWICE,
        message=f"two inputs are named `{second.name.value}`",
        span=second.name.span,
        labels=(Label(first.name.span, "the other one"),),
        help="name one of them: `NAME: …`" if named else "give one of them another name",
    )
