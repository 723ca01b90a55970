"""Specs of one file are created in the order of the file. Part 2.1 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def order_in_file(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs whose upstream pipeline comes later in the same file."""
    for graph in folder_graphs(specs):
        yield from _within(graph, world)


def _within(graph: FolderGraph, world: World) -> Iterator[FolderFinding]:
    number = {spec: index for index, spec in enumerate(graph.pipelines.values())}
    for read in graph.reads:
        upstream = graph.pipelines.get(read.repo)
        if upstream is None or number[upstream] <= number[read.spec]:
            continue
        here, there = read.spec.at(), upstream.at()
        if here is None or there is None or here.source is not there.source:
            continue
        if read.spec.proved or read.repo in world.repos:
            continue
        yield FolderFinding(
            spec=read.spec,
            finding=Finding(
                path=(*read.path, "repo"),
                message=f"`{upstream.name}` comes later in this file: when `{read.spec.name}` is "
                "created its repo is not there yet",
                help=f"move `{upstream.name}` before `{read.spec.name}`",
            ),
            others=((upstream, ("pipeline", "name"), "comes later"),),
        )


FOLDER_RULE = FolderRule(
    code="BC659", kind=Kind.REFUSED, severity=Severity.WARNING, check=order_in_file
)
