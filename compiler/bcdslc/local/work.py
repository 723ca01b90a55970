"""A datum with all its attempts."""

from __future__ import annotations

import time
from pathlib import Path
from uuid import uuid4

from bcdsl.frozen import dataclass, replace
from bcdslc.datum.source import Entry
from bcdslc.local.attempt import Attempt, attempt
from bcdslc.local.bench import Desk
from bcdslc.local.filing import store_files
from bcdslc.local.layout import entry_files
from bcdslc.local.record import DatumRecord, DatumState

NEVER_ENDS = "; on a cluster this job would restart without end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A datum to run: its ID, hash, entries, and why it runs."""

    id: str
    hash: str
    entries: tuple[Entry, ...]
    why: str

    @property
    def files(self) -> tuple[str, ...]:
        """What the datum reads, as `input:/path`."""
        return tuple(f"{entry.source.repo}:{entry.path}" for entry in self.entries)

    @property
    def key(self) -> str:
        """The datum's join or group key, if it has one."""
        return next((e.join_on or e.group_by for e in self.entries if e.join_on or e.group_by), "")


def work(desk: Desk, task: Task, job: int) -> DatumRecord:
    """Run a datum until it succeeds or its tries are used up."""
    started = time.monotonic()
    log = desk.folder / "streams" / "log"
    log.unlink(missing_ok=True)
    recovered = False
    last = Attempt()
    spoilt = 0
    for _ in range(desk.bench.settings.tries):
        last = _undownloadable(task) or attempt(desk, task.id, task.entries, log)
        recovered = recovered or last.recovered
        spoilt += last.never_ends
        if not last.reason or desk.bench.stopping.is_set():
            break
    made = record(desk, task, last, recovered, log, time.monotonic() - started, job)
    return replace(made, spoilt=spoilt) if spoilt else made


def _undownloadable(task: Task) -> Attempt | None:
    """Return how an attempt goes that has to fetch a name which Pachyderm cannot read back."""
    for entry in task.entries:
        for path, _ in entry_files(entry):
            if "\\" in path:
                where = f"repo default/__filesets__ at commit {uuid4().hex}"  # a copy of its own
                reason = f"rpc error: code = NotFound desc = file {path} not found in {where}"
                return Attempt(reason=reason, never_ends=True)
    return None


def record(
    desk: Desk,
    task: Task,
    last: Attempt,
    recovered: bool,
    log: Path,
    seconds: float,
    job: int,
) -> DatumRecord:
    """Return what became of a datum, given its last attempt.

    One that succeeds after its `err_cmd` once did stays listed as recovered, though its output
    counts, and so runs again in the next job.
    """
    blobs = desk.bench.blobs
    succeeded = not last.reason
    state = DatumState.FAILED
    if recovered and not last.never_ends:
        state = DatumState.RECOVERED
    elif succeeded:
        state = DatumState.SUCCESS
    with log.open("ab+") as file:
        file.seek(0)
        printed = blobs.put(file)
    return DatumRecord(
        id=task.id,
        hash=task.hash,
        state=state,
        files=task.files,
        key=task.key,
        reason=last.reason + (NEVER_ENDS if last.never_ends else ""),
        why=task.why,
        output=store_files(blobs, last.files) if succeeded else "",
        log=printed.name,
        seconds=seconds,
        done_in=job,
    )
