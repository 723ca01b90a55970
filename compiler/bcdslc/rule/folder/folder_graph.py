"""What a folder's specs read and write: the branches, and which pipeline makes which repo.

Pachyderm's graph has branches as nodes, and an edge from each input branch of a pipeline to its
output branch (part 3.9 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from bcdslc.rule.input_walk import CronAt, PfsAt, cron_inputs, pfs_inputs
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

RepoName: TypeAlias = tuple[str, str]  # project, repo
BranchName: TypeAlias = tuple[str, str, str]  # project, repo, branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One input of one spec: the branch that stands in the graph, and where it is written."""

    spec: Spec
    branch: BranchName
    path: Path

    @property
    def repo(self) -> RepoName:
        """The repo that is read."""
        return self.branch[:2]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FolderGraph:
    """The specs of a folder with a name, the first of each name only."""

    pipelines: Mapping[RepoName, Spec]
    reads: Sequence[Read]
    ticks: Mapping[RepoName, CronRepo]


@dataclass(frozen=True, slots=True, kw_only=True)
class CronRepo:
    """A repo of ticks, and the cron that makes it."""

    spec: Spec
    path: Path


def output_branch(spec: Spec) -> str:
    """Return the branch that a pipeline writes."""
    return spec.request.output_branch or "master"


def input_branch(spec: Spec, place: PfsAt) -> BranchName:
    """Return the branch of an input as it stands in the graph (part 2.8 of the reference)."""
    pfs = place.pfs
    project, repo = pfs.project or spec.project, pfs.repo or ""
    if pfs.branch or pfs.trigger is None:
        return project, repo, pfs.branch or "master"
    before = [
        other
        for other in pfs_inputs(spec)
        if other.pfs.trigger is not None and other.pfs.repo == pfs.repo
    ]
    number = 1 + next(i for i, other in enumerate(before) if other.path == place.path)
    return project, repo, f"{spec.name}-trigger-{number}"


def tick_repo(spec: Spec, place: CronAt) -> RepoName:
    """Return the repo that a cron ticks into."""
    return spec.project, place.cron.repo or f"{spec.name}_{place.name}"


def folder_graph(specs: Sequence[Spec]) -> FolderGraph:
    """Return the graph of a folder."""
    return _graph(tuple(specs))


# Every folder rule asks for the same graph. Specs are equal only to themselves.
@lru_cache(maxsize=1)
def _graph(specs: tuple[Spec, ...]) -> FolderGraph:
    pipelines: dict[RepoName, Spec] = {}
    for spec in specs:
        if spec.name:
            pipelines.setdefault((spec.project, spec.name), spec)
    reads: list[Read] = []
    ticks: dict[RepoName, CronRepo] = {}
    for spec in pipelines.values():
        reads.extend(_reads(spec))
        for cron in cron_inputs(spec):
            ticks.setdefault(tick_repo(spec, cron), CronRepo(spec=spec, path=cron.path))
    return FolderGraph(pipelines=pipelines, reads=reads, ticks=ticks)


def _reads(spec: Spec) -> Iterator[Read]:
    for place in pfs_inputs(spec):
        if place.pfs.repo:
            yield Read(spec=spec, branch=input_branch(spec, place), path=place.path)
    for cron in cron_inputs(spec):
        yield Read(spec=spec, branch=(*tick_repo(spec, cron), "master"), path=cron.path)
