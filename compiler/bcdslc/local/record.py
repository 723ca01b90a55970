"""What the store remembers, as values.

Ids of commits and jobs are 32 hexadecimal digits; all that one run makes has one id, as on a
cluster what one commit makes. `number` orders commits, and jobs, by when they were made.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple, TypeAlias

from bcdsl.frozen import dataclass, field


class Branch(NamedTuple):
    """A branch of a repo."""

    project: str
    repo: str
    name: str

    def __str__(self) -> str:
        project = "" if self.project == "default" else f"{self.project}/"
        return f"{project}{self.repo}@{self.name}"


Inputs: TypeAlias = Mapping[Branch, int]  # a head's number, 0 where a branch has no commit


class PipelineName(NamedTuple):
    """A pipeline."""

    project: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One state of a branch.

    `files` names the stored list of its files. `error` is that of the job that made it; with
    `unreadable` its content failed validation, and a reader gets the error instead.
    """

    number: int
    id: str
    branch: Branch
    files: str
    error: str = ""
    unreadable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a pipeline: its spec as JSON, salt, and the id of the spec's commit."""

    pipeline: PipelineName
    number: int
    spec: str
    salt: str
    spec_commit: str


class JobState(Enum):
    """How a job stands. Only a successful one is a base for later jobs."""

    RUNNING = "RUNNING"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"
    KILLED = "KILLED"
    UNRUNNABLE = "UNRUNNABLE"


class DatumState(Enum):
    """What became of a datum in a job."""

    SUCCESS = "SUCCESS"
    SKIPPED = "SKIPPED"
    FAILED = "FAILED"
    RECOVERED = "RECOVERED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many datums of a job came out how."""

    total: int = 0
    processed: int = 0
    skipped: int = 0
    failed: int = 0
    recovered: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DatumRecord:
    """A datum in a job.

    `hash` is by what it is skipped; `files` are `input:/path`; `output` names the stored list of
    what it wrote, empty if nothing counts; `log` the blob of what its program printed. `why` says
    why it ran or did not. `done_in` is the number of the job that ran it. `spoilt` attempts failed
    only at their upload: the server counts each as processed; the store does not keep how many.
    """

    id: str
    hash: str
    state: DatumState
    files: tuple[str, ...]
    key: str = ""
    reason: str = ""
    why: str = ""
    output: str = ""
    log: str = ""
    seconds: float = 0.0
    done_in: int = 0
    spoilt: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One job of a pipeline. `reason` is empty unless it failed, was killed or could not run.

    `image` is the digest of the image that its programs ran in, empty if they were this machine's.
    """

    number: int
    id: str
    pipeline: PipelineName
    version: int
    state: JobState
    reason: str = ""
    counts: Counts = Counts()
    seconds: float = 0.0
    inputs: Inputs = field(default_factory=dict)
    output: int | None = None  # the number of its output commit
    image: str = ""
