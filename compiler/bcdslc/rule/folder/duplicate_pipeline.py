"""One pipeline in two specs: the second is refused, or replaces the first.

from __future__ import annotations

Parts 2.6 and 4.5 of the spec reference.
"""

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import folder_graph
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def duplicate_pipeline(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find specs that name a pipeline which an earlier one names."""
    first = folder_graph(specs).pipelines
    for spec in specs:
        owner = first.get((spec.project, spec.name))
        if owner is not None and owner is not spec:
            yield FolderFinding(
                spec=spec,
                finding=Finding(
                    path=("pipeline", "name"),
                    message=f"two specs here make the pipeline `{spec.name}`: `create` refuses "
                    "the second, `update` replaces the first by it",
                    help="rename one, or keep the two in different folders",
                ),
                others=((owner, ("pipeline", "name"), "the first"),),
            )


FOLDER_RULE = FolderRule(
    code="BC658", kind=Kind.MISLEADS, severity=Severity.WARNING, check=duplicate_pipeline
)
