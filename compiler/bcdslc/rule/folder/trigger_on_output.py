"""A trigger may not move the branch that a pipeline writes.

Part 3.9 of the spec reference: the branch is made anew without its provenance, and the upstream
pipeline is cut off from its inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs, output_branch
from bcdslc.rule.input_walk import PfsAt
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def trigger_on_output(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find triggered inputs whose own branch is an upstream pipeline's output branch."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for read in graph.reads:
        upstream = graph.pipelines.get(read.repo)
        if not isinstance(read.place, PfsAt) or upstream is None:
            continue
        pfs = read.place.pfs
        if pfs.trigger is not None and pfs.branch and pfs.branch == output_branch(upstream):
            yield FolderFinding(
                spec=read.spec,
                finding=Finding(
                    path=(*read.path, "branch"),
                    message=f"the trigger takes over the branch `{pfs.branch}`, which "
                    f"`{upstream.name}` writes: `{upstream.name}` is cut off from its inputs",
                    help=f"leave `branch` out and set `trigger.branch: {pfs.branch}`",
                ),
                others=((upstream, ("pipeline", "name"), "writes the branch"),),
            )


FOLDER_RULE = FolderRule(
    code="BC656", kind=Kind.MISLEADS, severity=Severity.ERROR, check=trigger_on_output
)
