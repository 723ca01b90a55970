"""What a folder's specs read and write: the branches, and which pipeline makes which repo.

Pachyderm's graph has branches as nodes, and an edge from each input branch of a pipeline to its
output branch (part 3.9 of the spec reference).

Where two directories name the same pipeline they hold variants, not parts of one deployment:
then each directory is a graph by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.rule.input_walk import CronAt, PfsAt, cron_inputs, pfs_inputs
from bcdslc.rule.visit import branches
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

RepoName: TypeAlias = tuple[str, str]  # project, repo
BranchName: TypeAlias = tuple[str, str, str]  # project, repo, branch


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """One input of one spec: the branch that stands in the graph, and where it is written."""

    spec: Spec
    branch: BranchName
    place: PfsAt | CronAt

    @property
    def path(self) -> Path:
        """Where the input is written."""
        return self.place.path

    @property
    def repo(self) -> RepoName:
        """The repo that is read."""
        return self.branch[:2]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FolderGraph:
    """Specs that live together: the first of each name, and those that repeat one."""

    pipelines: Mapping[RepoName, Spec]
    repeated: Sequence[Spec]
    reads: Sequence[Read]
    ticks: Mapping[RepoName, Read]


def output_branch(spec: Spec) -> str:
    """Return the branch that a pipeline writes."""
    return spec.request.output_branch or "master"


def tick_repo(spec: Spec, place: CronAt) -> RepoName:
    """Return the repo that a cron ticks into."""
    return spec.project, place.cron.repo or f"{spec.name}_{place.name}"


def folder_graphs(specs: Sequence[Spec]) -> tuple[FolderGraph, ...]:
    """Return the graph of a folder, or one for each directory if these hold variants."""
    return _graphs(tuple(specs))


# Every folder rule asks for the same graphs. Specs are equal only to themselves.
@lru_cache(maxsize=1)
def _graphs(specs: tuple[Spec, ...]) -> tuple[FolderGraph, ...]:
    whole = _graph(specs)
    if not whole.repeated:
        return (whole,)
    directories: dict[str, list[Spec]] = {}
    for spec in specs:
        directories.setdefault(_directory(spec), []).append(spec)
    for spec in whole.repeated:
        first = whole.pipelines[spec.project, spec.name]
        if _directory(spec) != _directory(first):
            return tuple(_graph(part) for part in directories.values())
    return (whole,)


def _directory(spec: Spec) -> str:
    place = spec.at()
    return place.source.name.replace("\\", "/").rpartition("/")[0] if place else ""


def _graph(specs: Iterable[Spec]) -> FolderGraph:
    pipelines: dict[RepoName, Spec] = {}
    repeated = [
        spec
        for spec in specs
        if spec.name and pipelines.setdefault((spec.project, spec.name), spec) is not spec
    ]
    reads = [read for spec in pipelines.values() for read in _reads(spec)]
    ticks: dict[RepoName, Read] = {}
    for read in reads:
        if isinstance(read.place, CronAt):
            ticks.setdefault(read.repo, read)
    return FolderGraph(pipelines=pipelines, repeated=repeated, reads=reads, ticks=ticks)


def _reads(spec: Spec) -> Iterator[Read]:
    names = branches(spec)
    for place in pfs_inputs(spec):
        if place.pfs.repo:
            project = place.pfs.project or spec.project
            branch = names.get(place.path[:-1], place.pfs.branch or "master")
            yield Read(spec=spec, branch=(project, place.pfs.repo, branch), place=place)
    for cron in cron_inputs(spec):
        yield Read(spec=spec, branch=(*tick_repo(spec, cron), "master"), place=cron)
