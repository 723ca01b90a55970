"""A cron's repo is deleted with its pipeline, whoever else reads it or ticks into it.

from __future__ import annotations

Part 3.10-31 of the spec reference.
"""

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs, tick_repo
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def shared_tick_repo(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find crons that name a repo which exists, or which other specs of the folder use."""
    for graph in folder_graphs(specs):
        yield from _within(graph, world)


def _within(graph: FolderGraph, world: World) -> Iterator[FolderFinding]:
    for spec in graph.pipelines.values():
        for place in cron_inputs(spec):
            repo = tick_repo(spec, place)
            if repo[1] == f"{spec.name}_{place.name}" or repo in graph.pipelines:
                continue
            other = _other_user(graph, spec, repo)
            others: tuple[tuple[Spec, Path, str], ...] = ()
            if other is not None:
                said, others = f"but `{other[0].name}` uses it too", ((*other, "uses the repo"),)
            elif repo in world.repos:
                said = "with all that it held before"
            else:
                continue
            yield FolderFinding(
                spec=spec,
                finding=Finding(
                    path=(*place.path, "repo"),
                    message=f"the repo `{repo[1]}` is deleted with this pipeline, {said}",
                    help="leave `repo` out: the cron gets a repo of its own",
                ),
                others=others,
            )


def _other_user(graph: FolderGraph, spec: Spec, repo: tuple[str, str]) -> tuple[Spec, Path] | None:
    for read in graph.reads:
        if read.spec is not spec and read.repo == repo:
            return read.spec, (*read.path, "repo")
    return None


FOLDER_RULE = FolderRule(
    code="BC657", kind=Kind.MISLEADS, severity=Severity.WARNING, check=shared_tick_repo
)
