"""Two branches of one repo in one connected DAG, which the server refuses since 2.6.

The graph of branches, joined by what is read and written together (part 3.9 of the spec
reference): in no component may a repo stand with two branches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.input_names import leaves_of
from bcdsl.model import CronLeaf, Stage
from bcdsl.resolve.scope import Source
from bcdsl.source import Span

CODE = "BC304"

Branch = tuple[str, str, str]  # project, repo, branch


def two_branches(stages: Sequence[Stage], sources: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """Yield a finding for each second branch of a repo in one component."""
    places: dict[Branch, Span] = {}
    reads: dict[str, list[Branch]] = {}
    repos: dict[tuple[str, str], set[str]] = {}
    for stage in stages:
        name = stage.name.value
        own = ("", name, sources[name].branch)
        places.setdefault(own, stage.name.span)
        found = [own]
        for branch, span in _read(stage):
            places.setdefault(branch, span)
            found.append(branch)
        reads[name] = found
        for project, repo, written in found:
            repos.setdefault((project, repo), set()).add(written)
    doubled = {repo for repo, branches in repos.items() if len(branches) > 1}
    if doubled:
        yield from _clashes(doubled, reads, places)


def _read(stage: Stage) -> Iterator[tuple[Branch, Span]]:
    if stage.inputs is None:
        return
    counts: dict[str, int] = {}
    for item in stage.inputs.items:
        for leaf in leaves_of(item):
            if isinstance(leaf, CronLeaf):
                continue
            project = leaf.project.value if leaf.project else ""
            branch = leaf.branch.value
            if leaf.trigger is not None:
                # a trigger's input is a branch of its own, `<pipeline>-trigger-<n>`
                counts[leaf.repo.value] = counts.get(leaf.repo.value, 0) + 1
                branch = f"{stage.name.value}-trigger-{counts[leaf.repo.value]}"
            yield (project, leaf.repo.value, branch), leaf.branch.span


def _clashes(
    doubled: set[tuple[str, str]], reads: dict[str, list[Branch]], places: dict[Branch, Span]
) -> Iterator[Diagnostic]:
    beside: dict[Branch, list[str]] = {}
    for stage, branches in reads.items():
        for branch in branches:
            beside.setdefault(branch, []).append(stage)
    for branch in sorted(places, key=lambda each: places[each].start):
        if branch[:2] not in doubled:
            continue
        path = _path(branch, reads, beside, places)
        if path is not None:
            yield _two(branch, path, places)


def _path(
    start: Branch,
    reads: dict[str, list[Branch]],
    beside: dict[Branch, list[str]],
    places: dict[Branch, Span],
) -> list[Branch | str] | None:
    """Return the shortest way to another branch of the same repo, written before this one."""
    came: dict[Branch | str, Branch | str | None] = {start: None}
    queue: deque[Branch | str] = deque([start])
    while queue:
        here = queue.popleft()
        other = isinstance(here, tuple) and here[:2] == start[:2] and here != start
        if isinstance(here, tuple) and other and places[here].start < places[start].start:
            path: list[Branch | str] = [here]
            step = came[here]
            while step is not None:
                path.append(step)
                step = came[step]
            return path[::-1]
        for after in reads[here] if isinstance(here, str) else beside[here]:
            if after not in came:
                came[after] = here
                queue.append(after)
    return None


def _two(branch: Branch, path: list[Branch | str], places: dict[Branch, Span]) -> Diagnostic:
    other = path[-1]
    assert isinstance(other, tuple)
    words = ", ".join(
        f"stage `{step}`" if isinstance(step, str) else f"`{step[1]}@{step[2]}`" for step in path
    )
    return error(
        CODE,
        f"two branches of `{branch[1]}` meet in one DAG: `{branch[2]}` and `{other[2]}`",
        places[branch],
        f"the way between them: {words}; read one branch only, or copy one by a stage apart",
        labels=(Label(places[other], "the other branch"),),
    )
