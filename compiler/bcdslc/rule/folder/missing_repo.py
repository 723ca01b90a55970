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
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def missing_repo(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs whose repo nothing makes."""
    graphs = folder_graphs(specs)
    known = {*world.repos}.union(*[{*each.pipelines, *each.ticks} for each in graphs])
    for graph in graphs:
        yield from _within(graph, known, world)


def _within(graph: FolderGraph, known: Set[RepoName], world: World) -> Iterator[FolderFinding]:
    closed = world.closed or world.closed_repos
    guesses: dict[RepoName, str | None] = {}
    often = Counter(read.repo for read in graph.reads)
    for read in graph.reads:
        if read.repo in known or read.path[-1] == "cron":
            continue
        if not closed and often[read.repo] > 1:
            continue  # read twice, a name is meant
        project, repo = read.repo
        if read.repo not in guesses:
            names = (name for where, name in known if where == project)
            guesses[read.repo] = nearest(repo, names)
        guess = guesses[read.repo]
        if not closed and not (guess and _surely_meant(repo, guess, graph, read)):
            continue
        said = f"`{repo}`" if project == read.spec.project else f"`{project}/{repo}`"
        yield FolderFinding(
            spec=read.spec,
            finding=Finding(
                path=(*read.path, "repo"),
                message=f"nothing makes the repo {said}"
                if closed
                else f"no pipeline here is named {said}",
                help=f"use `{guess}`"
                if guess
                else "create the repo, or add the pipeline that writes it",
                server=f"repo {project}/{repo} not found" if closed else None,
                severity=None if closed else Severity.WARNING,
            ),
        )


def _surely_meant(repo: str, guess: str, graph: FolderGraph, read: Read) -> bool:
    """Whether a repo that may exist elsewhere is more likely a misspelling of the guess.

    Source repos are often named like a pipeline, but for a plural or a number.
    """
    if (read.repo[0], guess) not in graph.pipelines or guess == read.spec.name:
        return False
    fold = {ord("-"): None, ord("_"): None}
    left, right = repo.lower().translate(fold), guess.lower().translate(fold)
    if left == right:
        return True
    plural = left.rstrip("s") == right.rstrip("s")
    digits = any(letter.isdigit() for letter in repo + guess)
    return not plural and not digits and len(left) >= 6 and _one_slip(left, right)


def _one_slip(left: str, right: str) -> bool:
    """Whether two different words differ by one letter too many, wrong or swapped."""
    start = 0
    while left[start : start + 1] == right[start : start + 1]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])


FOLDER_RULE = FolderRule(
    code="BC651", kind=Kind.REFUSED, severity=Severity.ERROR, check=missing_repo
)
