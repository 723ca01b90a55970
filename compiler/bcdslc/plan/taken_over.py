"""Stages that have the names of pipelines that another document made: an update takes them over.

The mark says whose a pipeline is, so the other document could neither prune nor destroy it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Plan, Recreate, Update
from bcdslc.plan.mark import NOT_OURS, OWNER, owner
from bcdslc.plan.wish import Wish


def taken_over(plan: Plan, standing: Standing, wish: Wish) -> Iterator[Diagnostic]:
    """Yield a warning for each pipeline with another document's mark that would be changed."""
    spans = {spec.name: spec.at("pipeline", "name") for spec in wish.specs}
    for change in plan.changes:
        seen = standing.pipeline(plan.project, change.name)
        if seen is None or not isinstance(change, Update | Recreate):
            continue
        whose = seen.annotations.get(OWNER)
        if whose and whose != owner(plan.project, plan.dag):
            yield Diagnostic(
                code=NOT_OURS,
                severity=Severity.WARNING,
                message=f"`{change.name}` belongs to `{whose}`, and this document takes it over",
                span=spans.get(change.name),
                help="give the stage another name, unless that is meant",
            )
