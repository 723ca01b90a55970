"""An input that reads another branch than its upstream pipeline writes gets no data from it.

Part 3.10-26 of the spec reference: the branch is created, empty, and stays so until somebody
moves it by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdslc.rule.folder.folder_graph import FolderGraph, folder_graphs, output_branch
from bcdslc.rule.input_walk import PfsAt
from bcdslc.rule.rule import Finding, FolderFinding, FolderRule, Kind, World
from bcdslc.spec.spec import Spec


def branch_not_written(specs: Sequence[Spec], world: World) -> Iterator[FolderFinding]:
    """Find inputs, and watched branches, that the upstream pipeline does not write."""
    for graph in folder_graphs(specs):
        yield from _within(graph)


def _within(graph: FolderGraph) -> Iterator[FolderFinding]:
    for read in graph.reads:
        upstream = graph.pipelines.get(read.repo)
        if not isinstance(read.place, PfsAt) or upstream is None or upstream is read.spec:
            continue
        pfs, path = read.place.pfs, read.path
        branch, field = pfs.branch, (*path, "branch")
        if pfs.trigger is not None:
            branch, field = pfs.trigger.branch, (*path, "trigger", "branch")
            if not branch and pfs.branch:
                continue  # refused
        written = output_branch(upstream)
        if (branch or "master") == written:
            continue
        yield FolderFinding(
            spec=read.spec,
            finding=Finding(
                path=field if branch else (*path, "repo"),
                message=f"`{upstream.name}` writes the branch `{written}`, not "
                f"`{branch or 'master'}`: nothing arrives here unless somebody moves that branch",
                help=f"read the branch `{written}`",
            ),
            others=((upstream, ("outputBranch",), "the branch that it writes"),)
            if upstream.request.output_branch
            else ((upstream, ("pipeline", "name"), "writes `master`"),),
        )


FOLDER_RULE = FolderRule(
    code="BC655", kind=Kind.MISLEADS, severity=Severity.WARNING, check=branch_not_written
)
