"""An input that reads another branch than its upstream pipeline writes never gets data.

from __future__ import annotations

Part 3.10-26 of the spec reference: the branch is created, empty, and stays so.
"""

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs, output_branch
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def branch_not_written(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs, and watched branches, that the upstream pipeline does not write."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for spec in graph.pipelines.values():
        for place in pfs_inputs(spec):
            pfs = place.pfs
            upstream = graph.pipelines.get((pfs.project or spec.project, pfs.repo or ""))
            if upstream is None or upstream is spec:
                continue
            read, field = pfs.branch, (*place.path, "branch")
            if pfs.trigger is not None:
                read, field = pfs.trigger.branch, (*place.path, "trigger", "branch")
                if not read and pfs.branch:
                    continue  # refused
            written = output_branch(upstream)
            if (read or "master") == written:
                continue
            yield FolderFinding(
                spec=spec,
                finding=Finding(
                    path=field if read else (*place.path, "repo"),
                    message=f"`{upstream.name}` writes the branch `{written}`, not "
                    f"`{read or 'master'}`: nothing arrives here unless somebody moves that branch",
                    help=f"read the branch `{written}`",
                ),
                others=((upstream, ("outputBranch",), "the branch that it writes"),)
                if upstream.request.output_branch
                else ((upstream, ("pipeline", "name"), "writes `master`"),),
            )


FOLDER_RULE = FolderRule(
    code="BC655", kind=Kind.MISLEADS, severity=Severity.WARNING, check=branch_not_written
)
