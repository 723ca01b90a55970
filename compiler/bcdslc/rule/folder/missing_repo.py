"""An input's repo must exist, or be made by a pipeline of the folder.

Part 3.9 of the spec reference. Where it is not known what exists, only a name that is nearly one
of the folder's is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.folder.folder_graph import FolderGraph, Read, RepoName, folder_graphs
from bcdslc.rule.misspelt import near, neighbours
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec

_COMPARISONS = 20_000  # more would take seconds, and then only misspellings are looked for


def missing_repo(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs whose repo nothing makes."""
    graphs = folder_graphs(specs)
    known = {*world.repos}.union(*[{*each.pipelines, *each.ticks} for each in graphs])
    closed = world.closed or world.closed_repos
    for graph in graphs:
        reads = [it for it in graph.reads if it.path[-1] == "pfs" and it.repo not in known]
        yield from _unmade(reads, known) if closed else _misspelt(reads, graph)


def _unmade(reads: Sequence[Read], known: Set[RepoName]) -> Iterator[FolderFinding]:
    guesses = _guesses({read.repo for read in reads}, known)
    for read in reads:
        project, repo = read.repo
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
                severity=Severity.ERROR,
            ),
        )


def _guesses(missing: Set[RepoName], known: Set[RepoName]) -> Mapping[RepoName, str | None]:
    """Return the known name that each missing one is nearest to, if there is one."""
    projects: dict[str, list[str]] = {}
    for project, repo in sorted(known):
        projects.setdefault(project, []).append(repo)
    words = {project: neighbours(names) for project, names in projects.items()}
    found = {
        (project, repo): next(near(repo, words.get(project, {})), None) for project, repo in missing
    }
    if len(missing) * len(known) <= _COMPARISONS:
        for project, repo in missing:
            found[project, repo] = nearest(repo, projects.get(project, ()))
    return found


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
                    ),
                )
                break


def _said(read: Read) -> str:
    project, repo = read.repo
    return f"`{repo}`" if project == read.spec.project else f"`{project}/{repo}`"


FOLDER_RULE = FolderRule(
    code="BC651", kind=Kind.REFUSED, severity=Severity.WARNING, check=missing_repo
)
