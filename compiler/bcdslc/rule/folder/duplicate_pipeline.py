"""One pipeline in two specs: the second is refused, or replaces the first.

Parts 2.6 and 4.5 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def duplicate_pipeline(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find specs that name a pipeline which an earlier one names."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for spec in graph.repeated:
        first = graph.pipelines[spec.project, spec.name]
        same = spec.request == first.request
        yield FolderFinding(
            spec=spec,
            finding=Finding(
                path=("pipeline", "name"),
                message=f"the pipeline `{spec.name}` is specified twice, in the same words"
                if same
                else f"two specs here make the pipeline `{spec.name}`: `create` refuses the "
                "second, `update` replaces the first by it",
                help="keep one of the two"
                if same
                else "rename one, or keep the two in different folders",
                severity=Severity.NOTE if same else None,
            ),
            others=((first, ("pipeline", "name"), "the first"),),
        )


FOLDER_RULE = FolderRule(
    code="BC658", kind=Kind.MISLEADS, severity=Severity.WARNING, check=duplicate_pipeline
)
