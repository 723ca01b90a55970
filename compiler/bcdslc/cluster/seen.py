"""What stands on a cluster, as values."""

from __future__ import annotations

from typing import Any

from bcdsl.frozen import dataclass

ACTIVE = ("JOB_CREATED", "JOB_STARTING", "JOB_RUNNING", "JOB_EGRESSING", "JOB_FINISHING")


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenPipeline:
    """A pipeline as the server lists it.

    `spec` is the effective spec as the server keeps it, camelCase JSON; with `filled` it comes
    from the stored message, in which inputs stand sorted with their names filled in.
    """

    project: str
    name: str
    version: int
    spec_commit: str
    spec: dict[str, Any]
    filled: bool = False
    state: str = "PIPELINE_RUNNING"
    stopped: bool = False
    reason: str = ""

    @property
    def annotations(self) -> dict[str, str]:
        """The annotations of its metadata."""
        found = (self.spec.get("metadata") or {}).get("annotations") or {}
        return dict(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenJob:
    """A job as the server lists it; times in seconds since 1970, None where there is none."""

    id: str
    state: str
    reason: str = ""
    version: int = 0  # of its pipeline
    processed: int = 0
    skipped: int = 0
    failed: int = 0
    recovered: int = 0
    total: int = 0
    started: float | None = None
    finished: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands on a cluster, as far as one may see it.

    `unstarted` names pipelines of the document's project.
    """

    version: tuple[int, int]
    projects: frozenset[str]
    repos: frozenset[tuple[str, str]]  # project, name; output repos too
    pipelines: tuple[SeenPipeline, ...]
    cluster_defaults: str = ""
    project_defaults: str = ""
    unstarted: frozenset[str] = frozenset()  # stopped by `apply`, and still

    def pipeline(self, project: str, name: str) -> SeenPipeline | None:
        """Return a pipeline, if it is there."""
        for each in self.pipelines:
            if each.name == name and each.project == project:
                return each
        return None
