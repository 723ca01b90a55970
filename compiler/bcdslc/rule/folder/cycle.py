"""Pipelines cannot read each other in a circle. Part 3.9 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, Read, RepoName, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def cycle(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find pipelines that read themselves, and circles of two and more, each once."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for read in graph.reads:
        if read.repo == (read.spec.project, read.spec.name) and read.path[-1] == "pfs":
            yield FolderFinding(
                spec=read.spec,
                finding=Finding(
                    path=(*read.path, "repo"),
                    message=f"the pipeline `{read.spec.name}` reads its own output",
                    help="read a source repo, or the output of another pipeline",
                ),
            )
    for circle in _circles(graph):
        first = circle[0]
        way = " reads ".join(f"`{read.spec.name}`" for read in (*circle, first))
        yield FolderFinding(
            spec=first.spec,
            finding=Finding(
                path=first.path,
                message=f"pipelines read each other in a circle: {way}",
                help="read a source repo at one place of the circle",
            ),
            others=tuple(
                (read.spec, read.path, f"`{read.spec.name}` reads `{read.branch[1]}`")
                for read in circle[1:]
            ),
        )


def _circles(graph: FolderGraph) -> Iterator[tuple[Read, ...]]:
    """Yield a circle of reads for each that a depth-first walk closes."""
    reads: dict[RepoName, list[Read]] = {}
    for read in graph.reads:
        owner = (read.spec.project, read.spec.name)
        if read.repo in graph.pipelines and read.repo != owner:
            reads.setdefault(owner, []).append(read)
    done: set[RepoName] = set()
    for start in graph.pipelines:
        if start in done:
            continue
        way: list[tuple[RepoName, Iterator[Read]]] = [(start, iter(reads.get(start, ())))]
        taken: list[Read] = []
        on_way = {start}
        while way:
            owner, left = way[-1]
            onward = next(left, None)
            if onward is None:
                way.pop()
                on_way.discard(owner)
                done.add(owner)
                if taken:
                    taken.pop()
            elif onward.repo in on_way:
                begin = next(i for i, (name, _) in enumerate(way) if name == onward.repo)
                yield (*taken[begin:], onward)
            elif onward.repo not in done:
                taken.append(onward)
                on_way.add(onward.repo)
                way.append((onward.repo, iter(reads.get(onward.repo, ()))))


FOLDER_RULE = FolderRule(code="BC650", kind=Kind.REFUSED, severity=Severity.ERROR, check=cycle)
