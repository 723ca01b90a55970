"""What a stage reads in the store: its branches, clocks turned into the repos they fill."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.frozen import replace
from bcdslc.datum.arrange import arrange
from bcdslc.input_tree import Cron, Cross, Group, InputTree, Join, Pfs, Union, leaves
from bcdslc.local.record import Branch
from bcdslc.local.settings import Settings


def stored_tree(stage: Settings) -> InputTree | None:
    """Return the stage's tree sorted and with defaults filled in, each clock as its tick repo."""
    if stage.tree is None:
        return None
    return _without_clocks(arrange(stage.tree, stage.pipeline.name), stage)


def branch_of(leaf: Pfs, stage: Settings) -> Branch:
    """Return the branch that a leaf of `stored_tree` reads."""
    return Branch(leaf.project or stage.pipeline.project, leaf.repo, leaf.branch or "master")


def pfs_leaves(tree: InputTree) -> Iterator[Pfs]:
    """Yield the leaves of a stored tree from left to right."""
    for leaf in leaves(tree):
        assert isinstance(leaf, Pfs)
        yield leaf


def clocks(stage: Settings) -> Iterator[Cron]:
    """Yield the stage's cron inputs."""
    if stage.tree is not None:
        yield from (leaf for leaf in leaves(stage.tree) if isinstance(leaf, Cron))


def tick_branch(clock: Cron, stage: Settings) -> Branch:
    """Return the branch that a clock fills."""
    repo = clock.repo or f"{stage.pipeline.name}_{clock.name}"
    return Branch(stage.pipeline.project, repo, "master")


def _without_clocks(tree: InputTree, stage: Settings) -> InputTree:
    match tree:
        case Cron():
            repo = tick_branch(tree, stage).repo
            return Pfs(name=tree.name, repo=repo, branch="master", glob="/*", path=tree.path)
        case Pfs():
            return tree
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            return replace(tree, parts=tuple(_without_clocks(part, stage) for part in parts))
