"""A checked document to its specs."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.model import Dag
from bcdslc.lower.order_stages import order_stages
from bcdslc.lower.stage import lower_stage
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Lowered:
    """The specs in topological order, and what is wrong with raw fields laid over them."""

    specs: tuple[Spec, ...]
    problems: tuple[Diagnostic, ...]


def lower_dag(dag: Dag) -> Lowered:
    """Return the specs of all stages with the problems of their `spec:` fields."""
    lowered = [lower_stage(dag, stage) for stage in order_stages(dag)]
    return Lowered(
        specs=tuple(spec for spec, _ in lowered),
        problems=tuple(problem for _, problems in lowered for problem in problems),
    )


def lower(dag: Dag) -> tuple[Spec, ...]:
    """Return the specs of all stages in topological order, ties by name."""
    return lower_dag(dag).specs
