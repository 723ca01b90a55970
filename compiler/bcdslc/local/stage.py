"""One stage in one run: is there a job, may it run, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

from bcdsl.frozen import dataclass, replace
from bcdslc.datum.node import Node
from bcdslc.datum.prepare import prepare_arranged
from bcdslc.input_tree import InputTree, Pfs
from bcdslc.local.bench import Bench
from bcdslc.local.capacity import at_once
from bcdslc.local.environment import JobIds
from bcdslc.local.filing import stored_files, tree_of_files
from bcdslc.local.inputs import branch_of, clocks, pfs_leaves, stored_tree
from bcdslc.local.job import JobResult, Watch, run_job
from bcdslc.local.layout import remove
from bcdslc.local.record import Inputs, JobState, Version
from bcdslc.local.road import Road
from bcdslc.local.settings import Settings
from bcdslc.local.store import Store
from bcdslc.local.tick import tick
from bcdslc.local.trigger import follow
from bcdslc.local.version import Renewal, renew
from bcdslc.local.work import NEVER_ENDS
from bcdslc.spec.spec import Spec
from bcdslc.tree.file_tree import FileTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What all stages of a run share.

    `jobs` is how many programs may run at once; with `retry` a stage whose newest job did not
    succeed gets another, which a cluster makes only when data or spec change.
    """

    store: Store
    id: str
    now: datetime
    jobs: int
    ticking: Callable[[Settings], bool]
    reprocess: frozenset[str]
    retry: bool
    on_datum: Callable[[Settings], Watch]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageResult:
    """What a run did with a stage: no job if nothing that it reads changed.

    `note` says what a reader of the report should know beside the job's state; `image` is the
    digest of the stage's image, also if nothing ran in it.
    """

    spec: Spec
    stage: Settings
    version: Version
    renewal: Renewal
    result: JobResult | None = None
    note: str = ""
    image: str = ""


def run_stage(means: Means, spec: Spec, stage: Settings, road: Road) -> StageResult:
    """Run one stage of the DAG if it has to."""
    store = means.store
    version, renewal = renew(
        store, spec, stage, means.id, reprocess=stage.pipeline.name in means.reprocess
    )
    if renewal is not Renewal.SAME:
        remove(str(store.workers(stage.pipeline, version.number - 1)))
    nothing = StageResult(
        spec=spec, stage=stage, version=version, renewal=renewal, image=road.identity
    )
    tree = stored_tree(stage)
    if tree is None:
        return replace(nothing, note="it has no input")
    _advance(means, stage, tree)
    if renewal is Renewal.SAME and not _stirred(means, stage, version, tree):
        return nothing
    result, note = _job(means, stage, road, version, renewal, tree)
    return replace(nothing, result=result, note=note)


def _advance(means: Means, stage: Settings, tree: InputTree) -> None:
    """Let the stage's clocks tick and its triggers fire."""
    if means.ticking(stage):
        for clock in clocks(stage):
            tick(means.store, stage, clock, means.now, means.id)
    for leaf in pfs_leaves(tree):
        follow(means.store, stage, leaf, means.id)


def _stirred(means: Means, stage: Settings, version: Version, tree: InputTree) -> bool:
    """Return whether a branch that starts jobs has moved since the stage's newest job."""
    store = means.store
    newest = store.ledger.newest_job(stage.pipeline)
    if newest is None or newest.version != version.number or newest.state is JobState.RUNNING:
        return True  # the run that was to make it, or made it, was cut off
    if means.retry and newest.state is not JobState.SUCCESS:
        return True
    quiet = {branch_of(leaf, stage) for leaf in pfs_leaves(tree) if leaf.never_propagate}
    heads = _heads(store, stage, tree)
    return any(newest.inputs.get(b) != n for b, n in heads.items() if b not in quiet)


def _heads(store: Store, stage: Settings, tree: InputTree) -> Inputs:
    found = {}
    for leaf in pfs_leaves(tree):
        head = store.ledger.head(branch_of(leaf, stage))
        found[branch_of(leaf, stage)] = head.number if head else 0
    return found


def _job(
    means: Means,
    stage: Settings,
    road: Road,
    version: Version,
    renewal: Renewal,
    tree: InputTree,
) -> tuple[JobResult, str]:
    """Run the stage's job, or end it at once; return it with a note for the report."""
    heads = _heads(means.store, stage, tree)
    failed = _failed_upstream(means, stage, tree)
    if failed:
        reason = f"unrunnable because the following upstream pipelines failed: {failed}"
        return _without_work(means, stage, version, heads, JobState.UNRUNNABLE, reason), ""
    user, unknown = road.user(stage.user)
    node, obstacle = _node(means, stage, tree)
    if not stage.cmd or unknown or node is None:
        note = unknown if stage.cmd else "nothing to run: no transform.cmd"
        killed = _without_work(means, stage, version, heads, JobState.KILLED, "job stopped")
        return killed, note or f"{obstacle}{NEVER_ENDS}"
    bench = Bench(
        settings=stage,
        ids=_ids(means, stage, version, tree),
        road=road,
        user=user,
        blobs=means.store.blobs,
        folder=means.store.workers(stage.pipeline, version.number),
        scratch=uuid4().hex,
    )
    result = run_job(
        means.store,
        bench,
        version,
        node,
        heads,
        new_salt=renewal is Renewal.REPROCESSED,
        workers=stage.workers or means.jobs,
        at_once=at_once(stage, means.jobs),
        watch=means.on_datum(stage),
    )
    return result, ""


def _failed_upstream(means: Means, stage: Settings, tree: InputTree) -> str:
    """Return the names of the inputs whose newest commit has an error, in stored order."""
    return ", ".join(
        leaf.name or leaf.repo
        for leaf in pfs_leaves(tree)
        if (head := means.store.ledger.head(branch_of(leaf, stage))) is not None and head.error
    )


def _without_work(
    means: Means, stage: Settings, version: Version, heads: Inputs, state: JobState, reason: str
) -> JobResult:
    ledger = means.store.ledger
    job = replace(ledger.start_job(means.id, version, heads), state=state, reason=reason)
    files = means.store.content_of(stage.output)
    return JobResult(job=ledger.end_job(job, (), stage.output, files), records=())


def _node(means: Means, stage: Settings, tree: InputTree) -> tuple[Node | None, str]:
    def find(leaf: Pfs) -> FileTree:
        head = means.store.ledger.head(branch_of(leaf, stage))
        if head is None:
            return FileTree()
        return tree_of_files(stored_files(means.store.blobs, head.files), str(head.branch))

    prepared = prepare_arranged(tree, find)
    return prepared.node, "; ".join(str(obstacle) for obstacle in prepared.obstacles)


def _ids(means: Means, stage: Settings, version: Version, tree: InputTree) -> JobIds:
    heads: dict[tuple[str, str, str], str] = {}
    for leaf in pfs_leaves(tree):
        branch = branch_of(leaf, stage)
        head = means.store.ledger.head(branch)
        heads[branch] = head.id if head else ""
    return JobIds(
        pipeline=stage.pipeline,
        job=means.id,
        spec_commit=version.spec_commit,
        inputs=heads,
    )
