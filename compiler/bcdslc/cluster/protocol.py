"""What we ask of a cluster."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from bcdsl.frozen import dataclass
from bcdslc.cluster.seen import SeenJob, SeenPipeline


@dataclass(frozen=True, slots=True, kw_only=True)
class PipelineCall:
    """One create or update: the spec as it is sent."""

    name: str
    spec: dict[str, Any]
    update: bool = False
    reprocess: bool = False


class Cluster(Protocol):
    """A cluster; every method raises `ClusterError` where the call fails."""

    def version(self) -> tuple[int, int]:
        """Return major and minor version."""

    def has_project(self, name: str) -> bool:
        """Tell whether a project exists."""

    def repos(self) -> frozenset[tuple[str, str]]:
        """Return project and name of the repos that one may list."""

    def has_repo(self, project: str, name: str) -> bool:
        """Tell whether a repo exists, listed or not."""

    def pipelines(self) -> tuple[SeenPipeline, ...]:
        """Return the pipelines that one may list, of all projects."""

    def pipeline(self, project: str, name: str) -> SeenPipeline | None:
        """Return a pipeline, listed or not."""

    def last_job(self, project: str, name: str) -> SeenJob | None:
        """Return the newest job of a pipeline, if it had one."""

    def live_jobs(self, project: str, names: Collection[str]) -> Mapping[str, int]:
        """Return of these pipelines those with unfinished jobs, and how many each has."""

    def cluster_defaults(self) -> str:
        """Return the cluster's defaults as JSON text."""

    def project_defaults(self, project: str) -> str:
        """Return a project's defaults as JSON text."""

    def create_project(self, name: str) -> None:
        """Make a project."""

    def create_all(
        self,
        project: str,
        repos: Sequence[str],
        calls: Sequence[PipelineCall],
        progress: Callable[[int], None],
    ) -> None:
        """Make repos and pipelines, all or nothing, in this order."""

    def stop_pipeline(self, project: str, name: str) -> None:
        """Stop a pipeline: its unfinished jobs are killed; one that is stopped stays so."""

    def start_pipeline(self, project: str, name: str) -> None:
        """Start a pipeline that was stopped, which makes a job."""

    def delete_pipeline(self, project: str, name: str) -> None:
        """Delete a pipeline with its output."""

    def delete_repo(self, project: str, name: str) -> None:
        """Delete a repo with its data."""
