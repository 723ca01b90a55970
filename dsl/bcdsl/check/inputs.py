"""The rules about what a stage reads, each asked of every stage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from bcdsl.check.cross_ties_nothing import cross_ties_nothing
from bcdsl.check.each_beside_group import each_beside_group
from bcdsl.check.each_names import each_names
from bcdsl.check.keep_between_parts import keep_between_parts
from bcdsl.check.keep_without_partner import keep_in_union, keep_without_partner
from bcdsl.check.key_parts import key_parts
from bcdsl.check.name_inside_operator import name_inside_operator
from bcdsl.check.nearly_one_name import nearly_one_name
from bcdsl.check.operator_keys import operator_keys
from bcdsl.check.overlapping_alternatives import overlapping_alternatives
from bcdsl.check.repeated_entries import repeated_entries
from bcdsl.check.stage_inputs import StageInputs
from bcdsl.check.unlike_names import unlike_names
from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Dag
from bcdsl.ties import tie

INPUT_RULES: tuple[Callable[[StageInputs], Iterable[Diagnostic]], ...] = (
    name_inside_operator,
    unlike_names,
    keep_between_parts,
    keep_without_partner,
    keep_in_union,
    each_names,
    each_beside_group,
    operator_keys,
    key_parts,
    overlapping_alternatives,
    cross_ties_nothing,
    nearly_one_name,
    repeated_entries,
)


def inputs(dag: Dag) -> Iterator[Diagnostic]:
    """Yield what is wrong with the inputs of each stage."""
    for stage in dag.stages:
        if stage.inputs is not None and stage.inputs.items:
            view = StageInputs(stage=stage, inputs=stage.inputs, groups=tie(stage.inputs))
            for rule in INPUT_RULES:
                yield from rule(view)
