"""An input's repo must exist, or be made by a pipeline of the folder.

from __future__ import annotations

Part 3.9 of the spec reference. Where it is not known what exists, only a name that is nearly one
of the folder's is told.
"""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.folder.folder_graph import FolderGraph, Read, RepoName, folder_graphs
from bcdslc.rule.misspelt import near, neighbours
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def missing_repo(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs whose repo nothing makes."""
    graphs = folder_graphs(specs)
    known = {*world.repos}.union(*[{*each.pipelines, *each.ticks} for each in graphs])
    closed = world.closed or world.closed_repos
    for graph in graphs:
        reads = [it for it in graph.reads if it.path[-1] == "pfs" and it.repo not in known]
        yield from _unmade(reads, known) if closed else _misspelt(reads, graph)


def _unmade(reads: Sequence[Read], known: Set[RepoName]) -> Iterator[FolderFinding]:
    guesses: dict[RepoName, str | None] = {}
    for read in reads:
        project, repo = read.repo
        if read.repo not in guesses:
            names = (name for where, name in known if where == project)
            guesses[read.repo] = nearest(repo, names)
        guess = guesses[read.repo]
        yield FolderFinding(
            spec=read.spec,
            finding=Finding(
                path=(*read.path, "repo"),
                message=f"nothing makes the repo {_said(read)}",
                help=f"use `{guess}`"
                if guess
                else "create the repo, or add the pipeline that writes it",
                server=f"repo {project}/{repo} not found",
            ),
        )


def _misspelt(reads: Sequence[Read], graph: FolderGraph) -> Iterator[FolderFinding]:
    """Find repos that may exist elsewhere and are more likely a pipeline's misspelt name."""
    often = Counter(read.repo for read in reads)
    # read twice, a name is meant
    odd = [read for read in reads if often[read.repo] == 1]
    words = neighbours((name for _, name in graph.pipelines)) if odd else {}
    for read in odd:
        project, repo = read.repo
        for guess in near(repo, words):
            if (project, guess) in graph.pipelines and guess != read.spec.name:
                yield FolderFinding(
                    spec=read.spec,
                    finding=Finding(
                        path=(*read.path, "repo"),
                        message=f"no pipeline here is named {_said(read)}",
                        help=f"use `{guess}`",
                        severity=Severity.WARNING,
                    ),
                )
                break


def _said(read: Read) -> str:
    project, repo = read.repo
    return f"`{repo}`" if project == read.spec.project else f"`{project}/{repo}`"


FOLDER_RULE = FolderRule(
    code="BC651", kind=Kind.REFUSED, severity=Severity.ERROR, check=missing_repo
)
