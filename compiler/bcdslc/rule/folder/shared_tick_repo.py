"""A cron's repo is deleted with its pipeline, whoever else reads it or ticks into it.

Part 3.10-31 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, Read, folder_graphs
from bcdslc.rule.input_walk import CronAt
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def shared_tick_repo(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find crons that name a repo which exists, or which other specs of the folder use."""
    for graph in folder_graphs(specs):
        yield from _within(graph, world)


def _within(graph: FolderGraph, world: World) -> Iterator[FolderFinding]:
    for read in graph.reads:
        own = f"{read.spec.name}_{read.place.name}"
        if not isinstance(read.place, CronAt) or read.repo[1] == own:
            continue
        if read.repo in graph.pipelines:
            continue  # told by another rule
        other = _other_user(graph, read)
        others: tuple[tuple[Spec, Path, str], ...] = ()
        if other is not None:
            said, others = f"but `{other[0].name}` uses it too", ((*other, "uses the repo"),)
        elif read.repo in world.repos:
            said = "with all that it held before"
        else:
            continue
        yield FolderFinding(
            spec=read.spec,
            finding=Finding(
                path=(*read.path, "repo"),
                message=f"the repo `{read.repo[1]}` is deleted with this pipeline, {said}",
                help="leave `repo` out: the cron gets a repo of its own",
            ),
            others=others,
        )


def _other_user(graph: FolderGraph, read: Read) -> tuple[Spec, Path] | None:
    """Return another spec that uses the repo.

    In a document a ref to the ticks of another stage's clock is meant, however their repo is named.
    """
    for other in graph.reads:
        if other.spec is read.spec or other.repo != read.repo:
            continue
        if isinstance(other.place, CronAt) or not read.spec.proved:
            return other.spec, (*other.path, "repo")
    return None


FOLDER_RULE = FolderRule(
    code="BC657", kind=Kind.MISLEADS, severity=Severity.WARNING, check=shared_tick_repo
)
