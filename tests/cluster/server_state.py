# ruff: noqa: N818 - an answer of the server's
"""What a stand-in for pachd keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

STOCK = (
    '{"createPipelineRequest":{"resourceRequests":{"cpu":1,"memory":"256Mi","disk":"1Gi"},'
    '"sidecarResourceRequests":{"cpu":1,"memory":"256Mi","disk":"1Gi"}}}'
)


class Refused(Exception):
    """An error that the server answers with."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text}")
        self.code, self.text = code, text


@dataclass
class Pipeline:
    """A pipeline's versions' present."""

    project: str
    name: str
    version: int
    commit: str
    user: str
    effective: dict[str, Any]
    state: str = "PIPELINE_RUNNING"
    stopped: bool = False
    last_job: str = "JOB_CREATED"
    job_version: int = 1  # that the last job is of
    earlier_jobs: tuple[str, ...] = ()  # states of this version's jobs before the last
    reason: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Project and name."""
        return self.project, self.name


@dataclass
class Commit:
    """What a commit holds; the error is of its files' paths."""

    id: str
    repo: tuple[str, str]
    files: dict[str, bytes]
    before: dict[str, bytes] = field(default_factory=dict)
    open: bool = True

    @property
    def error(self) -> str:
        """The collision that shows when the commit is finished."""
        for path in sorted(self.files):
            parts = path.split("/")
            for end in range(2, len(parts)):
                if "/".join(parts[:end]) in self.files:
                    return f"file / directory path collision ({path})"
        return ""


@dataclass
class State:
    """All that a server keeps."""

    projects: set[str] = field(default_factory=lambda: {"default"})
    repos: set[tuple[str, str]] = field(default_factory=set)
    pipelines: dict[tuple[str, str], Pipeline] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)
    heads: dict[tuple[str, str, str], str] = field(default_factory=dict)
    jobs: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    halves: list[tuple[str, str]] = field(default_factory=list)  # became another kind by an update
    defaults: str = STOCK
    project_defaults: dict[str, str] = field(default_factory=dict)
