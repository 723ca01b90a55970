"""An input tree as the server sees it: children sorted, then defaults filled in.

pachyderm: src/server/pps/server/api_server.go, src/internal/ppsutil/util.go. Sorting comes first
and goes by the names as written; it decides the order of entries inside datums.
"""

from __future__ import annotations

from collections import Counter

from bcdsl.frozen import replace
from bcdsl.pattern.canonical import canonical
from bcdslc.input_tree import Cron, Cross, Group, InputTree, Join, Pfs, Union


def arrange(tree: InputTree, pipeline: str = "") -> InputTree:
    """Return the tree with children in the server's order and names, branches and globs set."""
    triggered: Counter[str] = Counter()
    return _fill(_sort(tree), pipeline, triggered)


def _sort(tree: InputTree) -> InputTree:
    match tree:
        case Pfs() | Cron():
            return tree
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            ordered = sorted((_sort(part) for part in parts), key=_sorting_name)
            return type(tree)(parts=tuple(ordered))


def _sorting_name(tree: InputTree) -> bytes:
    match tree:
        case Pfs(name=name):
            return (name or "").encode("utf-8", "surrogatepass")
        case Cron():
            return b""  # the server does not look at a clock's name here
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            return _sorting_name(parts[0]) if parts else b""


def _fill(tree: InputTree, pipeline: str, triggered: Counter[str]) -> InputTree:
    match tree:
        case Pfs():
            branch = tree.branch or "master"
            if tree.trigger is not None:
                triggered[tree.repo] += 1
                branch = tree.branch or f"{pipeline}-trigger-{triggered[tree.repo]}"
            name = tree.name or tree.repo
            return replace(tree, name=name, branch=branch, glob=canonical(tree.glob))
        case Cron():
            return replace(tree, repo=tree.repo or f"{pipeline}_{tree.name}")
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            return type(tree)(parts=tuple(_fill(part, pipeline, triggered) for part in parts))


def ticks_of(clock: Cron) -> Pfs:
    """Return what a clock with its defaults filled in reads: every tick in its own repo.

    Each tick is a file named by its time (pachyderm: src/server/worker/datum/create.go).
    """
    return Pfs(
        name=clock.name,
        repo=clock.repo or clock.name,
        project=clock.project,
        branch="master",
        glob="/*",
        path=clock.path,
    )
