"""A pipeline's output repo and a tick repo, or a known repo, of one name.

Part 3.9 of the spec reference: the pipeline is refused if the repo is there first; a cron that
finds a pipeline's repo ticks in vain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def taken_repo_name(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find pipelines that are named as a cron's tick repo, or as a repo said to exist."""
    for graph in folder_graphs(specs):
        yield from _within(graph)
        if world.closed_repos:
            yield from _listed(graph, world)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for repo, tick in graph.ticks.items():
        owner = graph.pipelines.get(repo)
        if owner is None:
            continue
        yield FolderFinding(
            spec=tick.spec,
            finding=Finding(
                path=tick.path,
                message=f"the ticks of this cron go into the repo `{repo[1]}`, which is the "
                "output of a pipeline: one of the two is refused or never works",
                help="rename the cron, or give it a `repo` of its own",
                on_key=True,
            ),
            others=((owner, ("pipeline", "name"), "the pipeline"),),
        )


def _listed(graph: FolderGraph, world: World) -> Iterator[FolderFinding]:
    for name, spec in graph.pipelines.items():
        if name in world.repos:
            yield FolderFinding(
                spec=spec,
                finding=Finding(
                    path=("pipeline", "name"),
                    message=f"a repo `{name[1]}` is there already: the pipeline is refused unless "
                    "it is the one that made it",
                    help="choose another name, or leave the repos of pipelines out of `--repos`",
                    severity=Severity.WARNING,
                ),
            )


FOLDER_RULE = FolderRule(
    code="BC654", kind=Kind.REFUSED, severity=Severity.ERROR, check=taken_repo_name
)
