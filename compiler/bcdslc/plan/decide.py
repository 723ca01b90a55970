"""What would change: the document's specs against what stands on the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bcdsl.frozen import replace
from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.after import holding, steps_after
from bcdslc.plan.change import Change, Delete, Effect, Plan, Recreate, StageChange, Update
from bcdslc.plan.cycle import cycles
from bcdslc.plan.downstream import followed
from bcdslc.plan.mark import OWNER, owner
from bcdslc.plan.reads import downstream_first, reads_among, repos_made, stored_form
from bcdslc.plan.stage import Stage, compared, stages_of
from bcdslc.plan.wish import Wish


def decide(wish: Wish, standing: Standing) -> Plan:
    """Return what has to be done for the cluster to say what the document says."""
    stages = stages_of(wish, standing)
    names = {stage.name for stage in stages}
    beside = [e for e in standing.pipelines if e.project != wish.project or e.name not in names]
    going = [each for each in beside if _is_pruned(each, wish)]
    pruned = {each.name: stored_form(each) for each in going}
    wanted = [stage.form for stage in stages]
    stand = [*[stage.stored for stage in stages if stage.stored is not None], *pruned.values()]
    reads, reads_now = reads_among(wanted), reads_among(stand, *wanted)
    why = holding(stages, reads, reads_now)
    due = standing.unstarted
    alone = [compared(s, wish, why.held, s.name in due) for s in stages]
    left = [each for each in beside if not _is_pruned(each, wish)]
    closed = cycles(stages, left)
    changes, downstream = followed(stages, [_refused(c, dict(closed)) for c in alone], left)
    return Plan(
        project=wish.project,
        dag=wish.dag,
        new_project=wish.project not in standing.projects,
        new_repos=tuple(r for r in wish.repos if (wish.project, r) not in standing.repos),
        changes=(*changes, *[Delete(name=n) for n in downstream_first(reads_now) if n in pruned]),
        base=(*[(s.name, _base(s.seen)) for s in stages], *[(e.name, _base(e)) for e in going]),
        steps=steps_after(stages, changes, why, due, pruned, reads_now),
        downstream=downstream,
        others=tuple(sorted(each.name for each in left if each.project == wish.project)),
        left_behind=tuple(sorted(_left_behind(stages, changes))),
        cycles=closed,
    )


def _refused(change: StageChange, closed: Mapping[str, str]) -> StageChange:
    if isinstance(change, Update) and change.name in closed:
        return replace(change, effect=Effect.REFUSED)
    return change


def _left_behind(stages: Sequence[Stage], changes: Sequence[StageChange]) -> Iterator[str]:
    """Yield the tick repos that an update leaves: they go with no pipeline (section 4.3)."""
    for stage, change in zip(stages, changes, strict=True):
        if isinstance(change, Update) and stage.stored is not None:
            for _, name in repos_made(stage.stored) - repos_made(stage.form):
                yield name


def _is_pruned(each: SeenPipeline, wish: Wish) -> bool:
    """Tell whether a pipeline that is no stage bears our mark and is to go."""
    mark = owner(wish.project, wish.dag)
    if not wish.prune or mark is None or each.project != wish.project:
        return False
    return each.annotations.get(OWNER) == mark


def _base(seen: SeenPipeline | None) -> tuple[int, str] | None:
    return None if seen is None else (seen.version, seen.spec_commit)


def touched(plan: Plan) -> tuple[str, ...]:
    """Return the pipelines whose jobs a plan kills."""
    kinds = (Update, Recreate, Delete)
    return tuple(change.name for change in plan.changes if isinstance(change, kinds))


def with_jobs(plan: Plan, jobs: Mapping[str, int]) -> Plan:
    """Return a plan that says how many jobs of each pipeline run now."""

    def counted(change: Change) -> Change:
        if isinstance(change, Update | Recreate | Delete):
            return replace(change, jobs=jobs.get(change.name, 0))
        return change

    return (
        replace(plan, changes=tuple(counted(change) for change in plan.changes)) if jobs else plan
    )
