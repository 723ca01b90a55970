"""What `each` may list: names that an input alone has, or that tied inputs share."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import StageInputs, called, holds, leaves, name_span, together
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.input_names import is_choice, leaf_names
from bcdsl.model import Operator, OperatorKind
from bcdsl.source import Spanned
from bcdsl.suggest import nearest
from bcdsl.ties import TiedGroup

UNKNOWN = "BC453"
NOT_SHARED = "BC452"
OVER_OPERATOR = "BC454"


def each_names(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each name of `each` that says no datum."""
    every = {name for leaf in leaves(view.inputs.items) for name in leaf_names(leaf)}
    for name in view.inputs.each or ():
        group = next(
            (
                group
                for group in view.groups
                if any(name.value in tie.names for tie in group.inputs)
            ),
            None,
        )
        if group is not None:
            if not _shared(name.value, group):
                yield _not_shared(name, group)
        elif name.value in every:
            found = _inside(name, view)
            if found is not None:
                yield found
        else:
            yield _unknown(name, every)


def _shared(name: str, group: TiedGroup) -> bool:
    return len(group.inputs) == 1 or sum(name in tie.names for tie in group.inputs) > 1


def _not_shared(name: Spanned[str], group: TiedGroup) -> Diagnostic:
    owner = next(tie for tie in group.inputs if name.value in tie.names)
    lacking = [called(tie.item) for tie in group.inputs if tie is not owner]
    others = f"{together(lacking)} {'lacks' if len(lacking) == 1 else 'lack'} it"
    return Diagnostic(
        code=NOT_SHARED,
        message=f"`each` lists `{name.value}`, which only {called(owner.item)} has: tied inputs "
        "are grouped by names that they share",
        span=name.span,
        labels=(Label(name_span(owner.item, name.value), others),),
        help=f"leave `{name.value}` out of `each`; or group {called(owner.item)} in a stage "
        "before this one",
    )


def _inside(name: Spanned[str], view: StageInputs) -> Diagnostic | None:
    """Return the problem of a name in a written operator; a `group` is told by another check."""
    holding = [
        item
        for item in view.inputs.items
        if any(name.value in leaf_names(leaf) for leaf in leaves((item,)))
    ]
    item = min(holding, key=is_choice)  # of several, one that has no names at all
    assert isinstance(item, Operator)
    if holds(item, OperatorKind.GROUP):
        return None
    if is_choice(item):
        lacking = next(leaf for leaf in leaves((item,)) if name.value not in leaf_names(leaf))
        return Diagnostic(
            code=NOT_SHARED,
            message=f"`each` lists `{name.value}`, which not all alternatives of the union have",
            span=name.span,
            labels=(Label(lacking.span, f"no `<{name.value}>` here"),),
            help=f"write `<{name.value}>` in every alternative",
        )
    return Diagnostic(
        code=OVER_OPERATOR,
        message=f"`each` lists `{name.value}`, which stands inside {called(item)}: a written "
        "operator has no names of its own",
        span=name.span,
        labels=(Label(item.span, "written out here"),),
        help="write the inputs as a plain list; or a `group` with its own `each`; or `each: []`",
    )


def _unknown(name: Spanned[str], every: set[str]) -> Diagnostic:
    bare = name.value.removeprefix("<").removesuffix(">")
    guess = bare if bare in every else nearest(bare, sorted(every))
    known = together(f"`{one}`" for one in sorted(every)) if every else None
    if bare in every:
        repair = f"write `{bare}`: names stand without `<` and `>` here"
    elif guess is not None:
        repair = f"did you mean `{guess}`?"
    elif known is not None:
        repair = f"the inputs have {known}"
    else:
        repair = f"write `<{bare}>` in a pattern, or `each: []` for one datum in all"
    return Diagnostic(
        code=UNKNOWN,
        message=f"`each` lists `{name.value}`, which no input names",
        span=name.span,
        help=repair,
    )
