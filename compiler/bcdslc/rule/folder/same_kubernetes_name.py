"""Two pipelines whose workers get one name: the second never gets any.

Part 3.10-15 of the spec reference: `<project>-<pipeline>-v<version>`, in lower case, `_` as `-`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def same_kubernetes_name(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find pipelines of different names whose Kubernetes names are equal."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    seen: dict[str, Spec] = {}
    for spec in graph.pipelines.values():
        name = f"{spec.project}-{spec.name}".lower().replace("_", "-")
        first = seen.setdefault(name, spec)
        if first is not spec:
            yield FolderFinding(
                spec=spec,
                finding=Finding(
                    path=("pipeline", "name"),
                    message=f"`{_full(spec)}` and `{_full(first)}` are both `{name}` to "
                    "Kubernetes: the second never gets its workers",
                    help="choose names that differ in more than case, `-` and `_`",
                ),
                others=((first, ("pipeline", "name"), "the other pipeline"),),
            )


def _full(spec: Spec) -> str:
    return spec.name if spec.project == "default" else f"{spec.project}/{spec.name}"


FOLDER_RULE = FolderRule(
    code="BC653", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=same_kubernetes_name
)
