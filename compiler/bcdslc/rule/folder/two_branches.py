"""In a connected part of the graph no repo may stand with two branches.

Part 3.9 of the spec reference: `multiple branches from the same repo … cannot participate in a
DAG`. Two branches in the inputs of one pipeline show without a folder and are told there.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from bcdsl.diagnostic import Severity
from bcdsl.frozen import dataclass
from bcdslc.rule.folder.folder_graph import (
    BranchName,
    FolderGraph,
    Read,
    RepoName,
    folder_graphs,
    output_branch,
)
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec

_FIRST_WITH_RULE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """From one branch to another through a pipeline."""

    to: BranchName
    read: Read


def two_branches(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find pairs of branches of one repo that pipelines connect, one for each repo and part."""
    if world.target >= _FIRST_WITH_RULE:
        for graph in folder_graphs(specs):
            yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    steps = _steps(graph)
    for first, second, way in _conflicts(steps):
        if len({(step.read.spec.project, step.read.spec.name) for step in way}) < 2:
            continue
        end = next((step for step in reversed(way) if step.to == second), way[-1])
        begin = way[0]
        yield FolderFinding(
            spec=end.read.spec,
            finding=Finding(
                path=end.read.path,
                message=f"two branches of the repo `{first[1]}`, `{first[2]}` and `{second[2]}`, "
                f"are connected: {_words(way)}",
                help="read one branch of the repo in all of these pipelines, or copy the other "
                "branch into a repo of its own",
                server="validate DAG at end of transaction: multiple branches from the same repo, "
                f'"{first[0]}/{first[1]}", cannot participate in a DAG',
            ),
            others=((begin.read.spec, begin.read.path, f"reads `{begin.read.branch[1]}`"),)
            if begin.read is not end.read
            else (),
        )


def _steps(graph: FolderGraph) -> Mapping[BranchName, list[_Step]]:
    steps: dict[BranchName, list[_Step]] = {}
    for read in graph.reads:
        output = (read.spec.project, read.spec.name, output_branch(read.spec))
        steps.setdefault(read.branch, []).append(_Step(to=output, read=read))
        steps.setdefault(output, []).append(_Step(to=read.branch, read=read))
    return steps


def _conflicts(
    steps: Mapping[BranchName, list[_Step]],
) -> Iterator[tuple[BranchName, BranchName, list[_Step]]]:
    """Yield two branches of one repo and a shortest way from one to the other."""
    seen: set[BranchName] = set()
    for start in steps:
        if start in seen:
            continue
        branches: dict[RepoName, list[BranchName]] = {}
        for branch in _reached(steps, start):
            seen.add(branch)
            branches.setdefault(branch[:2], []).append(branch)
        for found in branches.values():
            if len(found) > 1:
                yield found[0], found[1], _way(steps, found[0], found[1])


def _reached(steps: Mapping[BranchName, list[_Step]], start: BranchName) -> list[BranchName]:
    found = {start: None}
    todo = [start]
    while todo:
        for step in steps[todo.pop()]:
            if step.to not in found:
                found[step.to] = None
                todo.append(step.to)
    return list(found)


def _way(
    steps: Mapping[BranchName, list[_Step]], start: BranchName, goal: BranchName
) -> list[_Step]:
    came: dict[BranchName, tuple[BranchName, _Step] | None] = {start: None}
    todo = deque([start])
    while goal not in came:
        here = todo.popleft()
        for step in steps[here]:
            if step.to not in came:
                came[step.to] = (here, step)
                todo.append(step.to)
    way: list[_Step] = []
    link = came[goal]
    while link is not None:
        way.append(link[1])
        link = came[link[0]]
    return way[::-1]


def _words(way: Sequence[_Step]) -> str:
    """Return the way in words: what reads what, with the projects where there are several."""
    several = len({name for step in way for name in (step.read.spec.project, step.to[0])}) > 1
    said: dict[str, None] = {}
    for step in way:
        project, repo, branch = step.read.branch
        reader = _in(step.read.spec.project if several else "", step.read.spec.name)
        source = _in(project if several else "", f"{repo}@{branch}")
        said[f"{reader} reads {source}"] = None
    return ", ".join(said)


def _in(project: str, name: str) -> str:
    return f"`{project}/{name}`" if project else f"`{name}`"


FOLDER_RULE = FolderRule(
    code="BC652", kind=Kind.REFUSED, severity=Severity.ERROR, check=two_branches
)
