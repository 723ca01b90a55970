"""What a store need not keep: old commits and jobs, and contents that nothing names any more."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterator

from bcdsl.frozen import dataclass
from bcdslc.local.filing import stored_files
from bcdslc.local.record import Job
from bcdslc.local.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What was removed; `size` in bytes."""

    commits: int
    jobs: int
    blobs: int
    size: int


def collect(store: Store, keep: int) -> Collected:
    """Keep so many of the newest commits and jobs of each branch and pipeline.

    A pipeline's base, its newest successful job, always stays: the next run skips by it.
    """
    commits = [
        commit.number
        for branch in store.ledger.branches()
        for commit in store.ledger.commits(branch)[max(keep, 1) :]
    ]
    jobs = [job.number for job in _old_jobs(store, max(keep, 1))]
    store.ledger.forget(commits, jobs)
    _remove_old_workers(store)
    blobs = size = 0
    kept = set(_named(store))
    for name in tuple(store.blobs.names()):
        if name not in kept:
            size += store.blobs.path(name).stat().st_size
            store.blobs.remove(name)
            blobs += 1
    return Collected(commits=len(commits), jobs=len(jobs), blobs=blobs, size=size)


def _old_jobs(store: Store, keep: int) -> Iterator[Job]:
    jobs: defaultdict[tuple[str, str], list[Job]] = defaultdict(list)
    for job in store.ledger.jobs():
        jobs[job.pipeline].append(job)
    for newest_first in jobs.values():
        base = store.ledger.base(newest_first[0].pipeline)
        for job in newest_first[keep:]:
            if base is None or job.number != base.number:
                yield job


def _remove_old_workers(store: Store) -> None:
    current = set()
    for job in store.ledger.jobs():
        version = store.ledger.version(job.pipeline)
        if version is not None:
            current.add(store.workers(job.pipeline, version.number))
    folder = store.root / "workers"
    for place in folder.iterdir() if folder.is_dir() else ():
        if place not in current:
            shutil.rmtree(place, ignore_errors=True)


def _named(store: Store) -> Iterator[str]:
    """Yield every blob that a commit or a datum names, lists and what they list."""
    lists = set()
    for branch in store.ledger.branches():
        lists |= {commit.files for commit in store.ledger.commits(branch)}
    for job in store.ledger.jobs():
        for record in store.ledger.datums(job):
            if record.output:
                lists.add(record.output)
            if record.log:
                yield record.log
    for name in lists:
        yield name
        yield from (blob.name for blob in stored_files(store.blobs, name).values())
