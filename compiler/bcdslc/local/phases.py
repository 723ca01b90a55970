"""Which datums of a job run, in which order, and which are skipped: decided before any runs.

pachyderm: src/server/worker/pipeline/transform. The base is the last successful job. Datums whose
ID it does not have come first; only if none of these failed do the others run that both have but
whose content changed, and only then are the outputs of vanished datums removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcdsl.frozen import dataclass
from bcdslc.local.record import DatumRecord, DatumState
from bcdslc.local.work import Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Phases:
    """What a job does: tasks of both phases in order, what is skipped, what vanished."""

    first: tuple[Task, ...]
    second: tuple[Task, ...]
    skipped: tuple[DatumRecord, ...]
    vanished: tuple[DatumRecord, ...]


def decide(
    wanted: Iterable[Task],
    base: Mapping[str, DatumRecord],
    *,
    every_job: bool,
    new_salt: bool,
) -> Phases:
    """Sort datums into phases. `base` has the records of the last successful job by ID."""
    first, second, skipped = [], [], []
    seen = set()
    for task in wanted:
        seen.add(task.id)
        old = base.get(task.id)
        if old is None:
            first.append(_because(task, "new" if base else "no earlier job has it"))
        elif old.state is DatumState.RECOVERED:
            second.append(_because(task, "its last run needed `err_cmd`"))
        elif every_job:
            second.append(_because(task, "the pipeline reprocesses every job"))
        elif old.hash != task.hash:
            changed = "the pipeline was reprocessed" if new_salt else "the content changed"
            second.append(_because(task, changed))
        else:
            skipped.append(_skipped(task, old))
    vanished = tuple(record for id, record in base.items() if id not in seen)
    return Phases(
        first=tuple(first), second=tuple(second), skipped=tuple(skipped), vanished=vanished
    )


def _because(task: Task, why: str) -> Task:
    return Task(id=task.id, hash=task.hash, entries=task.entries, why=why)


def _skipped(task: Task, old: DatumRecord) -> DatumRecord:
    return DatumRecord(
        id=task.id,
        hash=task.hash,
        state=DatumState.SKIPPED,
        files=task.files,
        key=task.key,
        why=f"nothing changed since job {old.done_in}",
        output=old.output,
        log=old.log,
        seconds=0.0,
        done_in=old.done_in,
    )
