"""Carry a plan out; it decides nothing.

Project first, then repos and pipelines all or nothing, then the plan's steps, one by one: what
they ask for ignores transactions on the server.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from bcdsl.frozen import dataclass
from bcdslc.cluster.fault import ClusterError, Fault, Trouble, interrupted
from bcdslc.cluster.protocol import Cluster, PipelineCall
from bcdslc.plan.change import Create, Plan, Recreate, Update
from bcdslc.plan.step import Remove, Send, Start, Step, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """What became of a plan.

    `fault` is what stopped it. `carried_out` says of the transaction whether it was done: None
    where that could not be found out. `left` are the steps that were not done.
    """

    fault: Fault | None = None
    carried_out: bool | None = True
    answer_lost: bool = False
    left: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Who is told of what goes on: the number of specs that were checked, and each step done."""

    checked: Callable[[int], None]
    done: Callable[[Step], None]


def apply(plan: Plan, cluster: Cluster, progress: Progress) -> Applied:
    """Do what a plan says."""
    first = calls_in_transaction(plan)
    lost = False
    if plan.new_project:
        try:
            cluster.create_project(plan.project)
        except ClusterError as error:
            return Applied(fault=error.fault, carried_out=False, left=plan.steps)
    if plan.new_repos or first:
        fault = _create(plan, plan.new_repos, first, cluster, progress)
        if fault is not None:
            done = _carried_out(plan, plan.new_repos, first, cluster) if fault.open else False
            if not done or fault.trouble is Trouble.INTERRUPTED:
                return Applied(fault=fault, carried_out=done, left=plan.steps)
            lost = True
    for number, step in enumerate(plan.steps):
        try:
            fault = _do(step, plan, cluster, progress)
        except KeyboardInterrupt:
            fault = interrupted("apply")
        if fault is not None:
            done = fault.open and _is_done(step, plan, cluster)
            if not done or fault.trouble is Trouble.INTERRUPTED:
                left = plan.steps[number + int(done) :]
                return Applied(fault=fault, answer_lost=lost, left=left)
        progress.done(step)
    return Applied(answer_lost=lost)


def calls_of(plan: Plan) -> tuple[PipelineCall, ...]:
    """Return the creates and updates of a plan, in its order."""
    found = []
    for change in plan.changes:
        if isinstance(change, Create | Recreate):
            found.append(PipelineCall(name=change.name, spec=change.spec))
        elif isinstance(change, Update):
            found.append(
                PipelineCall(
                    name=change.name, spec=change.spec, update=True, reprocess=change.reprocess
                )
            )
    return tuple(found)


def calls_in_transaction(plan: Plan) -> tuple[PipelineCall, ...]:
    """Return the creates and updates that no step waits for."""
    later = {name for step in plan.steps if isinstance(step, Send) for name in step.names}
    return tuple(call for call in calls_of(plan) if call.name not in later)


def _do(step: Step, plan: Plan, cluster: Cluster, progress: Progress) -> Fault | None:
    """Do one step; all but `Send` may be done twice, so where an answer is lost it is tried again.

    pachyderm: to stop what is stopped, or delete what is missing, succeeds.
    """
    if isinstance(step, Send):
        return _create(plan, (), _calls(step, plan), cluster, progress)
    fault = _once(step, plan.project, cluster)
    if fault is None or not fault.open:
        return fault
    return _once(step, plan.project, cluster)


def _once(step: Stop | Remove | Start, project: str, cluster: Cluster) -> Fault | None:
    try:
        match step:
            case Stop():
                cluster.stop_pipeline(project, step.name)
            case Remove():
                cluster.delete_pipeline(project, step.name)
            case Start():
                cluster.start_pipeline(project, step.name)
    except ClusterError as error:
        return replace(error.fault, subject=step.name)
    return None


def _create(
    plan: Plan,
    repos: Sequence[str],
    calls: Sequence[PipelineCall],
    cluster: Cluster,
    progress: Progress,
) -> Fault | None:
    try:
        cluster.create_all(plan.project, repos, calls, progress.checked)
    except ClusterError as error:
        return error.fault
    except KeyboardInterrupt:
        return interrupted("apply")
    return None


def _calls(step: Send, plan: Plan) -> tuple[PipelineCall, ...]:
    return tuple(call for call in calls_of(plan) if call.name in step.names)


def _carried_out(
    plan: Plan, repos: Sequence[str], calls: Sequence[PipelineCall], cluster: Cluster
) -> bool | None:
    """Tell whether repos, creates and updates are there, now that an answer was lost."""
    base = dict(plan.base)
    try:
        seen = {e.name: e for e in cluster.pipelines() if e.project == plan.project}
        known = cluster.repos()
    except ClusterError:
        return None
    made = [(plan.project, repo) in known for repo in repos]
    for call in calls:
        now = seen.get(call.name)
        made.append(now is not None and (now.version, now.spec_commit) != base.get(call.name))
    return all(made)


def _is_done(step: Step, plan: Plan, cluster: Cluster) -> bool:
    """Tell whether a step was carried out, now that its answer was lost."""
    if isinstance(step, Send):
        return bool(_carried_out(plan, (), _calls(step, plan), cluster))
    try:
        seen = cluster.pipeline(plan.project, step.name)
    except ClusterError:
        return False
    match step:
        case Stop():
            return seen is None or seen.stopped
        case Remove():
            return seen is None
        case Start():
            return seen is not None and not seen.stopped
