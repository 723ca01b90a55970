"""The keys of written joins and groups: by common names, by `each`, or one written per leaf."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.check.stage_inputs import (
    StageInputs,
    called,
    key_of,
    name_span,
    operators,
    pfs_leaves,
    together,
    writes_keys,
)
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.input_names import common_names, free_names, is_choice, leaves_of
from bcdsl.model import CronLeaf, Item, Operator, OperatorKind
from bcdsl.suggest import nearest

SOME_SHARE = "BC459"
NO_KEY = "BC460"
SOME_WRITE = "BC461"
GROUP_EACH = "BC464"
TWO_KEYS = "BC470"


def operator_keys(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield what is wrong with the keys of each written join and group."""
    for operator in operators(view.inputs.items):
        if operator.kind not in (OperatorKind.JOIN, OperatorKind.GROUP):
            continue
        if writes_keys(operator):
            yield from _written(operator)
        elif operator.each is not None:
            yield from _each(operator)
        elif not common_names(operator):
            yield _no_key(operator)
        elif operator.kind is OperatorKind.JOIN:
            yield from _some_share(operator)


def _option(operator: Operator) -> str:
    return "join_on" if operator.kind is OperatorKind.JOIN else "group_by"


def _written(operator: Operator) -> Iterator[Diagnostic]:
    option = _option(operator)
    if operator.each is not None:
        leaf = next(leaf for leaf in pfs_leaves(operator) if key_of(leaf, operator.kind))
        yield Diagnostic(
            code=TWO_KEYS,
            message=f"this group has `each`, and {called(leaf)} writes its key too",
            span=leaf.group_by.span if leaf.group_by else leaf.span,
            help=f"drop `each`, or `{option}` on all inputs",
        )
    for leaf in pfs_leaves(operator):
        if not key_of(leaf, operator.kind):
            yield Diagnostic(
                code=SOME_WRITE,
                message=f"{called(leaf)} writes no `{option}`, and another input of its "
                f"`{operator.kind.value}` does",
                span=leaf.span,
                labels=(Label(operator.span, "all inputs of this write one, or none"),),
                help=f'write `{option}`; `{option}: ""` for the empty key',
            )


def _each(operator: Operator) -> Iterator[Diagnostic]:
    common = common_names(operator)
    for name in operator.each or ():
        if name.value in common:
            continue
        lacking = next(
            (leaf for leaf in leaves_of(operator) if name.value not in common_names(leaf)), None
        )
        known = any(name.value in common_names(leaf) for leaf in leaves_of(operator))
        guess = None if known else nearest(name.value, sorted(common))
        yield Diagnostic(
            code=GROUP_EACH,
            message=f"`each` lists `{name.value}`, which not all inputs of the group have",
            span=name.span,
            labels=(Label(lacking.span, f"no `<{name.value}>` here"),) if lacking else (),
            help=f"did you mean `{guess}`?"
            if guess
            else f"write `<{name.value}>` in the pattern of every input, or `each: []` for one "
            "datum in all",
        )


def _no_key(operator: Operator) -> Diagnostic:
    kind, option = operator.kind.value, _option(operator)
    clock = next((leaf for leaf in leaves_of(operator) if isinstance(leaf, CronLeaf)), None)
    if clock is not None:
        message = f"{called(clock)} is a clock and has no names, so this `{kind}` has no key"
        help_ = f"take {called(clock)} out of the `{kind}`"
    else:
        message = f"the inputs of this `{kind}` have no name in common, and none writes its key"
        help_ = f"write one name in the patterns of all inputs, or `{option}` on each"
    if operator.kind is OperatorKind.GROUP:
        help_ += "; `each: []` groups everything into one datum"
    else:
        help_ += "; `cross` combines all with all"
    return Diagnostic(code=NO_KEY, message=message, span=operator.span, help=help_)


def _some_share(operator: Operator) -> Iterator[Diagnostic]:
    common = common_names(operator)
    parts = list(_parts(operator))
    names = {name for part in parts for name in _free(part)}
    for name in sorted(names - common):
        having = [part for part in parts if name in _free(part)]
        if len(having) < 2:
            continue
        lacking = next(leaf for leaf in leaves_of(operator) if name not in common_names(leaf))
        yield Diagnostic(
            code=SOME_SHARE,
            message=f"{together(called(part) for part in having)} share `<{name}>`, which "
            f"{called(lacking)} lacks: a join has one key",
            span=name_span(having[-1], name),
            labels=(Label(lacking.span, f"no `<{name}>` here"),),
            help=f"write `*` for `<{name}>` in {called(having[-1])}, or `join_on` on every "
            "input of the join",
        )


def _parts(item: Item) -> Iterator[Item]:
    """Yield what a join ties: leaves, and unions of leaves as one."""
    if isinstance(item, Operator) and not is_choice(item):
        for part in item.items:
            yield from _parts(part)
    else:
        yield item


def _free(item: Item) -> frozenset[str]:
    return frozenset(name for leaf in leaves_of(item) for name in free_names(leaf))
