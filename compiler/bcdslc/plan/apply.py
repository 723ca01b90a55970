"""Carry a plan out; it decides nothing.

Project first, then repos and pipelines all or nothing, then what ignores transactions on the
server: deletes, downstream first.
"""

from __future__ import annotations

from collections.abc import Callable

from bcdsl.frozen import dataclass
from bcdslc.cluster.fault import ClusterError, Fault, Trouble
from bcdslc.cluster.protocol import Cluster, PipelineCall
from bcdslc.plan.change import Create, Delete, Plan, Update


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a plan.

    `fault` is what stopped it. `carried_out` says of creates and updates whether they were
    done: None where that could not be found out. `left` names the deletes that were not done.
    """

    fault: Fault | None = None
    carried_out: bool | None = True
    answer_lost: bool = False
    left: tuple[str, ...] = ()


def apply(plan: Plan, cluster: Cluster, progress: Callable[[int], None]) -> Applied:
    """Do what a plan says."""
    deletes = tuple(change.name for change in plan.changes if isinstance(change, Delete))
    calls = calls_of(plan)
    lost = False
    if plan.new_project:
        try:
            cluster.create_project(plan.project)
        except ClusterError as error:
            return Applied(fault=error.fault, carried_out=False, left=deletes)
    if plan.new_repos or calls:
        fault = _create(plan, calls, cluster, progress)
        if fault is not None:
            done = carried_out(plan, cluster) if fault.open else False
            if not done or fault.trouble is Trouble.INTERRUPTED:
                return Applied(fault=fault, carried_out=done, left=deletes)
            lost = True
    left = list(deletes)
    try:
        while left:
            cluster.delete_pipeline(plan.project, left[0])
            del left[0]
    except ClusterError as error:
        return Applied(fault=error.fault, answer_lost=lost, left=tuple(left))
    except KeyboardInterrupt:
        there = _still_there(plan.project, left, cluster)
        return Applied(fault=_interrupted(), answer_lost=lost, left=there)
    return Applied(answer_lost=lost)


def calls_of(plan: Plan) -> tuple[PipelineCall, ...]:
    """Return the creates and updates of a plan, in its order."""
    found = []
    for change in plan.changes:
        if isinstance(change, Create):
            found.append(PipelineCall(name=change.name, spec=change.spec))
        elif isinstance(change, Update):
            found.append(
                PipelineCall(
                    name=change.name, spec=change.spec, update=True, reprocess=change.reprocess
                )
            )
    return tuple(found)


def carried_out(plan: Plan, cluster: Cluster) -> bool | None:
    """Tell whether the creates and updates are there, now that an answer was lost."""
    base = dict(plan.base)
    try:
        seen = {e.name: e for e in cluster.pipelines() if e.project == plan.project}
        repos = cluster.repos()
    except ClusterError:
        return None
    made = [(plan.project, repo) in repos for repo in plan.new_repos]
    for call in calls_of(plan):
        was, now = base.get(call.name), seen.get(call.name)
        made.append(now is not None and (was is None or now.version > was[0]))
    return all(made)


def _create(
    plan: Plan, calls: tuple[PipelineCall, ...], cluster: Cluster, progress: Callable[[int], None]
) -> Fault | None:
    try:
        cluster.create_all(plan.project, plan.new_repos, calls, progress)
    except ClusterError as error:
        return error.fault
    except KeyboardInterrupt:
        return _interrupted()
    return None


def _still_there(project: str, names: list[str], cluster: Cluster) -> tuple[str, ...]:
    """Return which pipelines stand; the delete that was interrupted may have been carried out."""
    try:
        return tuple(name for name in names if cluster.pipeline(project, name) is not None)
    except ClusterError:
        return tuple(names)


def _interrupted() -> Fault:
    return Fault(trouble=Trouble.INTERRUPTED, call="apply", text="interrupted")
