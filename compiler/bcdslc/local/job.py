"""One job: from the heads of its inputs to an output commit."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from typing import TypeAlias

from bcdsl.frozen import dataclass, replace
from bcdslc.datum.identity import datum_hash, datum_id
from bcdslc.datum.listing import processing
from bcdslc.datum.node import Node
from bcdslc.datum.source import Datum
from bcdslc.local.bench import Bench
from bcdslc.local.crew import run_all
from bcdslc.local.filing import store_files, stored_files
from bcdslc.local.merge import Collision, merge
from bcdslc.local.phases import Phases, decide
from bcdslc.local.record import Counts, DatumRecord, DatumState, Inputs, Job, JobState, Version
from bcdslc.local.store import Store
from bcdslc.local.work import Task

Watch: TypeAlias = Callable[[DatumRecord, int, int], None]  # record, how many done, of how many

TIMED_OUT = " jobtimed out"  # with its space, as the server writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class JobResult:
    """A job that ended, its datums, and the collision that failed it if there was one."""

    job: Job
    records: tuple[DatumRecord, ...]
    collision: Collision | None = None


def run_job(
    store: Store,
    bench: Bench,
    version: Version,
    node: Node,
    heads: Inputs,
    *,
    new_salt: bool,
    workers: int,
    at_once: int,
    watch: Watch,
) -> JobResult:
    """Run a job to its end and record it."""
    started = time.monotonic()
    base = store.ledger.base(version.pipeline)
    old = {each.id: each for each in store.ledger.datums(base)} if base else {}
    wanted = [_task(datum, version.salt) for datum in processing(node)]
    phases = decide(wanted, old, every_job=bench.settings.every_job, new_salt=new_salt)
    taken_over = _taken_over(store, version)
    job = store.ledger.start_job(bench.ids.job, version, heads, bench.road.identity)
    course = _Course(store, bench, job, old, phases, taken_over, watch)
    course.run(workers, at_once)
    return course.end(time.monotonic() - started)


def _task(datum: Datum, salt: str) -> Task:
    digest = datum_hash(datum, salt)
    assert digest is not None  # the store knows every content
    return Task(id=datum_id(datum), hash=digest.value.hex(), entries=datum.entries, why="")


def _taken_over(store: Store, version: Version) -> Mapping[str, DatumRecord]:
    """Return what a run that was ended from outside had finished of this pipeline's newest job."""
    cut_off = store.ledger.newest_job(version.pipeline)
    if cut_off is None or cut_off.state is not JobState.RUNNING:
        return {}
    records = store.ledger.datums(cut_off) if cut_off.version == version.number else []
    store.ledger.drop_job(cut_off)
    return {each.id: each for each in records if each.state is DatumState.SUCCESS}


class _Course:
    """A job as it goes on."""

    def __init__(
        self,
        store: Store,
        bench: Bench,
        job: Job,
        base: Mapping[str, DatumRecord],
        phases: Phases,
        taken_over: Mapping[str, DatumRecord],
        watch: Watch,
    ) -> None:
        self.store, self.bench, self.job, self.phases, self.watch = store, bench, job, phases, watch
        self.base, self.taken_over = base, taken_over
        self.done: dict[str, DatumRecord] = {each.id: each for each in phases.skipped}
        self.total = len(phases.first) + len(phases.second) + len(phases.skipped)
        self.failure: DatumRecord | None = None
        self.second_began = False
        self.timed_out = False

    def run(self, workers: int, at_once: int) -> None:
        """Run both phases; the second only if none failed in the first."""
        limit = self.bench.settings.job_timeout
        timer = threading.Timer(limit, self._time_out) if limit is not None else None
        if timer:
            timer.daemon = True
            timer.start()
        try:
            self._phase(self.phases.first, workers, at_once)
            if self.failure is None and not self.timed_out:
                self.second_began = True
                self._phase(self.phases.second, workers, at_once)
        finally:
            if timer:
                timer.cancel()

    def _time_out(self) -> None:
        self.timed_out = True
        self.bench.stop()

    def _phase(self, tasks: tuple[Task, ...], workers: int, at_once: int) -> None:
        left = []
        for task in tasks:
            before = self.taken_over.get(task.id)
            if before is not None and before.hash == task.hash:
                self._keep(replace(before, done_in=self.job.number))
            else:
                left.append(task)
        if left:
            run_all(
                self.bench,
                left,
                workers=workers,
                at_once=at_once,
                job=self.job.number,
                done=self._keep,
            )

    def _keep(self, record: DatumRecord) -> None:
        self.done[record.id] = record
        self.store.ledger.add_datum(self.job, record)
        if record.state is DatumState.FAILED and self.failure is None:
            self.failure = record
        self.watch(record, len(self.done), self.total)

    def end(self, seconds: float) -> JobResult:
        """Put the output together and record the job."""
        records = self._records()
        merged = merge(
            (each.id, stored_files(self.store.blobs, each.output))
            for each in self._writers(records)
            if each.output
        )
        state, reason = JobState.SUCCESS, ""
        if self.timed_out:
            state, reason = JobState.KILLED, TIMED_OUT
        elif self.failure is not None:
            state, reason = JobState.FAILURE, f"datum {self.failure.id} failed"
        elif merged.collision is not None:
            state, reason = JobState.FAILURE, merged.collision.server
        job = replace(
            self.job, state=state, reason=reason, counts=self._counts(records), seconds=seconds
        )
        ended = self.store.ledger.end_job(
            job,
            records,
            self.bench.settings.output,
            store_files(self.store.blobs, merged.files),
            unreadable=merged.collision is not None and reason == merged.collision.server,
        )
        return JobResult(job=ended, records=records, collision=merged.collision)

    def _records(self) -> tuple[DatumRecord, ...]:
        """Return all datums by ID; those of a second phase that never began keep their output."""
        records = dict(self.done)
        if not self.second_began and not self.timed_out:
            for task in self.phases.second:
                records[task.id] = replace(
                    self.base[task.id],
                    state=DatumState.SKIPPED,
                    why="not started: a new datum failed before it",
                )
        return tuple(records[id] for id in sorted(records))

    def _writers(self, records: tuple[DatumRecord, ...]) -> tuple[DatumRecord, ...]:
        """Return whose outputs count: vanished datums' are removed in the second phase."""
        return records if self.second_began else (*records, *self.phases.vanished)

    def _counts(self, records: tuple[DatumRecord, ...]) -> Counts:
        """Count as the server does: what never began counts only in the total."""
        own = [each for each in records if each.done_in == self.job.number]
        ran = Counter(each.state for each in own)
        recovered = [e for e in own if e.state is DatumState.RECOVERED and not e.output]
        return Counts(
            total=self.total,
            processed=ran[DatumState.SUCCESS]
            + ran[DatumState.RECOVERED]
            - len(recovered)
            + sum(e.spoilt for e in own if e.state is not DatumState.FAILED),
            skipped=len(self.phases.skipped),
            failed=ran[DatumState.FAILED],
            recovered=len(recovered),
        )
