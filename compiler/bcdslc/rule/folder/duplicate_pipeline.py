"""One pipeline in two specs: the second is refused, or replaces the first.

Parts 2.6 and 4.5 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, RepoName, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec

PATH = ("pipeline", "name")
MOST_LABELS = 4


def duplicate_pipeline(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find pipelines that several specs name: one finding for each, however many there are."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    repeats: dict[tuple[RepoName, bool], list[Spec]] = {}
    for spec in graph.repeated:
        name = (spec.project, spec.name)
        same = spec.request == graph.pipelines[name].request
        repeats.setdefault((name, same), []).append(spec)
    for (name, same), specs in repeats.items():
        labels = [(graph.pipelines[name], PATH, "the first")]
        labels += [(spec, PATH, "another") for spec in specs[1:MOST_LABELS]]
        yield FolderFinding(
            spec=specs[0],
            finding=_twice(name[1], len(specs) + 1) if same else _two(name[1], len(specs) + 1),
            others=tuple(labels),
        )


def _twice(name: str, count: int) -> Finding:
    often = "twice" if count == 2 else f"{count} times"
    return Finding(
        path=PATH,
        message=f"the pipeline `{name}` is specified {often}, in the same words",
        help="keep one of the two" if count == 2 else "keep one of them",
        severity=Severity.NOTE,
    )


def _two(name: str, count: int) -> Finding:
    if count == 2:
        return Finding(
            path=PATH,
            message=f"two specs here make the pipeline `{name}`: `create` refuses the second, "
            "`update` replaces the first by it",
            help="rename one, or keep the two in different folders",
        )
    return Finding(
        path=PATH,
        message=f"{count} specs here make the pipeline `{name}`: `create` refuses all but the "
        "first, `update` leaves the last",
        help="rename the others, or keep them in different folders",
    )


FOLDER_RULE = FolderRule(
    code="BC658", kind=Kind.MISLEADS, severity=Severity.WARNING, check=duplicate_pipeline
)
