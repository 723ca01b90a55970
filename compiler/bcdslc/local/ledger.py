"""The store's memory: commits, versions of pipelines, jobs and their datums, in SQLite.

One process writes at a time (see `bcdslc.local.store`); each method is one transaction, so that
a process killed at any point leaves what was, or what is, and nothing between.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from bcdslc.local.record import (
    Branch,
    Commit,
    Counts,
    DatumRecord,
    DatumState,
    Inputs,
    Job,
    JobState,
    PipelineName,
    Version,
)

FORMAT = 2

_TABLES = """
CREATE TABLE commits (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL,
  project TEXT NOT NULL, repo TEXT NOT NULL, branch TEXT NOT NULL,
  files TEXT NOT NULL, error TEXT NOT NULL, unreadable INTEGER NOT NULL
);
CREATE INDEX heads ON commits (project, repo, branch, number);
CREATE TABLE versions (
  project TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL,
  spec TEXT NOT NULL, salt TEXT NOT NULL, spec_commit TEXT NOT NULL,
  PRIMARY KEY (project, name, number)
);
CREATE TABLE jobs (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL,
  project TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL,
  state TEXT NOT NULL, reason TEXT NOT NULL, counts TEXT NOT NULL,
  seconds REAL NOT NULL, inputs TEXT NOT NULL, output INTEGER, image TEXT NOT NULL DEFAULT ''
);
CREATE INDEX jobs_of ON jobs (project, name, number);
CREATE TABLE datums (
  job INTEGER NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, state TEXT NOT NULL,
  files TEXT NOT NULL, key TEXT NOT NULL, reason TEXT NOT NULL, why TEXT NOT NULL,
  output TEXT NOT NULL, log TEXT NOT NULL, seconds REAL NOT NULL, done_in INTEGER NOT NULL,
  PRIMARY KEY (job, id)
) WITHOUT ROWID;
CREATE TABLE seen (
  path TEXT PRIMARY KEY, stamp TEXT NOT NULL, blob TEXT NOT NULL, size INTEGER NOT NULL
) WITHOUT ROWID;
"""


class NewerFormatError(Exception):
    """The store was written by a newer bcdsl."""


class Ledger:
    """The database in one file."""

    def __init__(self, path: Path) -> None:
        self.db = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
        self.db.execute("PRAGMA journal_mode = WAL")
        self.db.execute("PRAGMA synchronous = NORMAL")
        found = self.db.execute("PRAGMA user_version").fetchone()[0]
        if found > FORMAT:
            raise NewerFormatError
        if found == 0:
            self._make()
        elif found < FORMAT:
            self._renew()

    def _make(self) -> None:
        """Make the tables, unless another process did meanwhile."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            if self.db.execute("PRAGMA user_version").fetchone()[0] == 0:
                for table in _TABLES.split(";"):
                    self.db.execute(table)
                self.db.execute(f"PRAGMA user_version = {FORMAT}")

    def _renew(self) -> None:
        """Bring the tables of an older format up to date, unless another process did meanwhile."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            if self.db.execute("PRAGMA user_version").fetchone()[0] == 1:  # without images
                self.db.execute("ALTER TABLE jobs ADD COLUMN image TEXT NOT NULL DEFAULT ''")
                self.db.execute(f"PRAGMA user_version = {FORMAT}")

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    # commits

    def head(self, branch: Branch) -> Commit | None:
        """Return the newest commit of a branch."""
        return next(self._commits("project=? AND repo=? AND branch=?", branch, limit=1), None)

    def commit(self, number: int) -> Commit:
        """Return a commit by its number."""
        return next(self._commits("number=?", (number,)))

    def commits(self, branch: Branch) -> list[Commit]:
        """Return all commits of a branch, newest first."""
        return list(self._commits("project=? AND repo=? AND branch=?", branch))

    def branches(self) -> list[Branch]:
        """Return every branch that has a commit."""
        rows = self.db.execute("SELECT DISTINCT project, repo, branch FROM commits ORDER BY 1,2,3")
        return [Branch(*row) for row in rows]

    def add_commit(
        self, id: str, branch: Branch, files: str, error: str = "", unreadable: bool = False
    ) -> Commit:
        """Make a commit the head of its branch."""
        number = self.db.execute(
            "INSERT INTO commits VALUES (NULL,?,?,?,?,?,?,?)",
            (id, *branch, files, error, unreadable),
        ).lastrowid
        return self.commit(number or 0)

    def _commits(self, where: str, values: Iterable[object], limit: int = -1) -> Iterator[Commit]:
        rows = self.db.execute(
            f"SELECT * FROM commits WHERE {where} ORDER BY number DESC LIMIT {limit}",
            tuple(values),
        )
        for number, id, project, repo, branch, files, error, unreadable in rows:
            yield Commit(
                number=number,
                id=id,
                branch=Branch(project, repo, branch),
                files=files,
                error=error,
                unreadable=bool(unreadable),
            )

    # pipelines

    def version(self, pipeline: PipelineName, number: int | None = None) -> Version | None:
        """Return a version of a pipeline, the newest if no number is given."""
        which = "" if number is None else f"AND number={number}"
        row = self.db.execute(
            "SELECT number, spec, salt, spec_commit FROM versions"
            f" WHERE project=? AND name=? {which} ORDER BY number DESC LIMIT 1",
            pipeline,
        ).fetchone()
        if row is None:
            return None
        number, spec, salt, spec_commit = row
        return Version(
            pipeline=pipeline, number=number, spec=spec, salt=salt, spec_commit=spec_commit
        )

    def add_version(self, version: Version) -> None:
        """Make a version the newest of its pipeline."""
        self.db.execute(
            "INSERT INTO versions VALUES (?,?,?,?,?,?)",
            (*version.pipeline, version.number, version.spec, version.salt, version.spec_commit),
        )

    def forget_pipeline(self, pipeline: PipelineName) -> None:
        """Remove a pipeline: its versions, its jobs and the commits of its output repo."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            jobs = "SELECT number FROM jobs WHERE project=? AND name=?"
            self.db.execute(f"DELETE FROM datums WHERE job IN ({jobs})", pipeline)
            for table, name in (("jobs", "name"), ("versions", "name"), ("commits", "repo")):
                self.db.execute(f"DELETE FROM {table} WHERE project=? AND {name}=?", pipeline)

    def forget(self, commits: Iterable[int], jobs: Iterable[int]) -> None:
        """Remove commits and jobs, with the jobs' datums."""
        gone = [(number,) for number in jobs]
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany("DELETE FROM commits WHERE number=?", [(n,) for n in commits])
            self.db.executemany("DELETE FROM datums WHERE job=?", gone)
            self.db.executemany("DELETE FROM jobs WHERE number=?", gone)

    # jobs

    def start_job(self, id: str, version: Version, inputs: Inputs, image: str = "") -> Job:
        """Record that a job began on these heads, with programs of this image."""
        state = JobState.RUNNING.value
        heads = json.dumps(sorted([*branch, number] for branch, number in inputs.items()))
        number = self.db.execute(
            "INSERT INTO jobs VALUES (NULL,?,?,?,?,?,?,?,?,?,NULL,?)",
            (id, *version.pipeline, version.number, state, "", "[0,0,0,0,0]", 0.0, heads, image),
        ).lastrowid
        return self.job(number or 0)

    def end_job(
        self,
        job: Job,
        records: Iterable[DatumRecord],
        branch: Branch,
        files: str,
        unreadable: bool = False,
    ) -> Job:
        """Record in one go how a job ended: its datums, its output commit, its state."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute("DELETE FROM datums WHERE job=?", (job.number,))
            self._insert(job.number, records)
            commit = self.add_commit(job.id, branch, files, job.reason, unreadable)
            counts = job.counts
            self.db.execute(
                "UPDATE jobs SET state=?, reason=?, counts=?, seconds=?, output=? WHERE number=?",
                (
                    job.state.value,
                    job.reason,
                    json.dumps(
                        [
                            counts.total,
                            counts.processed,
                            counts.skipped,
                            counts.failed,
                            counts.recovered,
                        ]
                    ),
                    job.seconds,
                    commit.number,
                    job.number,
                ),
            )
        return self.job(job.number)

    def job(self, number: int) -> Job:
        """Return a job by its number."""
        return next(self._jobs("number=?", (number,)))

    def find_job(self, number: int) -> Job | None:
        """Return a job by its number, None if it is forgotten."""
        return next(self._jobs("number=?", (number,)), None)

    def jobs(self, pipeline: PipelineName | None = None) -> list[Job]:
        """Return the jobs of a pipeline, or all, newest first."""
        if pipeline is None:
            return list(self._jobs("1", ()))
        return list(self._jobs("project=? AND name=?", pipeline))

    def newest_job(self, pipeline: PipelineName) -> Job | None:
        """Return the newest job of a pipeline, however it ended."""
        return next(self._jobs("project=? AND name=?", pipeline, limit=1), None)

    def base(self, pipeline: PipelineName) -> Job | None:
        """Return the newest successful job of a pipeline."""
        where = "project=? AND name=? AND state='SUCCESS'"
        return next(self._jobs(where, pipeline, limit=1), None)

    def drop_job(self, job: Job) -> None:
        """Forget a job that never ended; what it finished was taken over."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.execute("DELETE FROM datums WHERE job=?", (job.number,))
            self.db.execute("DELETE FROM jobs WHERE number=?", (job.number,))

    def _jobs(self, where: str, values: Iterable[object], limit: int = -1) -> Iterator[Job]:
        rows = self.db.execute(
            f"SELECT * FROM jobs WHERE {where} ORDER BY number DESC LIMIT {limit}", tuple(values)
        )
        for row in rows:
            yield _job(row)

    # datums

    def add_datum(self, job: Job, record: DatumRecord) -> None:
        """Record a datum of a running job, so that an interrupted run need not repeat it."""
        self._insert(job.number, (record,))

    def datums(self, job: Job) -> list[DatumRecord]:
        """Return the datums of a job in ascending order of ID."""
        rows = self.db.execute("SELECT * FROM datums WHERE job=? ORDER BY id", (job.number,))
        return [_datum(row) for row in rows]

    def find_datums(self, prefix: str) -> list[tuple[Job, DatumRecord]]:
        """Return the newest record of every datum whose ID starts so, in each pipeline."""
        rows = self.db.execute(
            "SELECT * FROM datums WHERE id >= ? AND id < ? ORDER BY job DESC",
            (prefix, prefix + "g"),
        ).fetchall()
        found: dict[tuple[PipelineName, str], tuple[Job, DatumRecord]] = {}
        for row in rows:
            job = self.job(row[0])
            found.setdefault((job.pipeline, row[1]), (job, _datum(row)))
        return list(found.values())

    def _insert(self, job: int, records: Iterable[DatumRecord]) -> None:
        self.db.executemany(
            "INSERT OR REPLACE INTO datums VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                (
                    job,
                    each.id,
                    each.hash,
                    each.state.value,
                    json.dumps(each.files),
                    each.key,
                    each.reason,
                    each.why,
                    each.output,
                    each.log,
                    each.seconds,
                    each.done_in,
                )
                for each in records
            ),
        )

    # files of this machine that were read before

    def seen(self) -> dict[str, tuple[str, str, int]]:
        """Return what was read of which file: path to (stamp, blob, size)."""
        with closing(self.db.execute("SELECT path, stamp, blob, size FROM seen")) as rows:
            return {path: (stamp, blob, size) for path, stamp, blob, size in rows}

    def remember(self, files: Iterable[tuple[str, str, str, int]]) -> None:
        """Remember what was read: path, stamp, blob, size."""
        with self.db:
            self.db.execute("BEGIN IMMEDIATE")
            self.db.executemany("INSERT OR REPLACE INTO seen VALUES (?,?,?,?)", files)


def _job(row: tuple[Any, ...]) -> Job:
    number, id, project, name, version, state, reason, counts, seconds, heads, output, image = row
    total, processed, skipped, failed, recovered = json.loads(counts)
    return Job(
        number=number,
        id=id,
        pipeline=PipelineName(project, name),
        version=version,
        state=JobState(state),
        reason=reason,
        counts=Counts(
            total=total, processed=processed, skipped=skipped, failed=failed, recovered=recovered
        ),
        seconds=seconds,
        inputs={Branch(*branch): head for *branch, head in json.loads(heads)},
        output=output,
        image=image,
    )


def _datum(row: tuple[Any, ...]) -> DatumRecord:
    _, id, hash, state, files, key, reason, why, output, log, seconds, done_in = row
    return DatumRecord(
        id=id,
        hash=hash,
        state=DatumState(state),
        files=tuple(json.loads(files)),
        key=key,
        reason=reason,
        why=why,
        output=output,
        log=log,
        seconds=seconds,
        done_in=done_in,
    )
