"""From the `Input` message of a spec to an input tree, and back.

A message may be malformed (no kind, several kinds, no repo); a tree is always well formed.
"""

from __future__ import annotations

from collections.abc import Callable

from bcdslc.input_tree import Cron, Cross, Group, InputTree, Join, Pfs, Union
from bcdslc.spec.message import CronInput, Input, PfsInput, PropagationSpec
from bcdslc.spec.origin import Path

# Deeper than any spec that people write, and well within Python's own limit.
DEEPEST = 200

_CONTAINERS: dict[str, Callable[..., InputTree]] = {
    "join": Join,
    "group": Group,
    "cross": Cross,
    "union": Union,
}


def tree_of(message: Input | None, path: Path = ("input",)) -> InputTree | None:
    """Return the tree that a message stands for, or None if it is not well formed.

    Leaves know their path, e.g. `("input", "cross", 0, "pfs")`. Texts that are empty count as
    absent and an absent glob as `/`, as when the server lists datums.
    """
    if message is None or len(path) > 2 * DEEPEST:
        return None
    kinds = [kind for kind in ("pfs", "cron", *_CONTAINERS) if getattr(message, kind)]
    if len(kinds) != 1:
        return None
    kind = kinds[0]
    if message.pfs:
        return _pfs_tree(message.pfs, (*path, "pfs"))
    if message.cron:
        return _cron_tree(message.cron, (*path, "cron"))
    parts: list[InputTree] = []
    for index, child in enumerate(getattr(message, kind)):
        part = tree_of(child, (*path, kind, index))
        if part is None:
            return None
        parts.append(part)
    return _CONTAINERS[kind](parts=tuple(parts))


def _pfs_tree(pfs: PfsInput, path: Path) -> Pfs | None:
    if not pfs.repo:
        return None
    return Pfs(
        name=pfs.name or None,
        repo=pfs.repo,
        project=pfs.project or None,
        branch=pfs.branch or None,
        glob=pfs.glob or "/",
        join_on=pfs.join_on or "",
        outer_join=bool(pfs.outer_join),
        group_by=pfs.group_by or "",
        lazy=bool(pfs.lazy),
        empty_files=bool(pfs.empty_files),
        s3=bool(pfs.s3),
        reference=bool(pfs.reference),
        never_propagate=bool(pfs.propagation_spec and pfs.propagation_spec.never),
        trigger=pfs.trigger,
        path=path,
    )


def _cron_tree(cron: CronInput, path: Path) -> Cron | None:
    if not cron.name:
        return None
    return Cron(
        name=cron.name,
        spec=cron.spec or "",
        project=cron.project or None,
        repo=cron.repo or None,
        overwrite=bool(cron.overwrite),
        start=cron.start,
        path=path,
    )


def message_of(tree: InputTree) -> Input:
    """Return the message of a tree; what is not set in the tree is absent from the message."""
    match tree:
        case Pfs():
            return Input(pfs=_pfs_message(tree))
        case Cron():
            return Input(
                cron=CronInput(
                    name=tree.name,
                    project=tree.project,
                    repo=tree.repo,
                    spec=tree.spec,
                    overwrite=tree.overwrite or None,
                    start=tree.start,
                )
            )
        case Join(parts=parts):
            return Input(join=tuple(map(message_of, parts)))
        case Group(parts=parts):
            return Input(group=tuple(map(message_of, parts)))
        case Cross(parts=parts):
            return Input(cross=tuple(map(message_of, parts)))
        case Union(parts=parts):
            return Input(union=tuple(map(message_of, parts)))


def _pfs_message(tree: Pfs) -> PfsInput:
    return PfsInput(
        project=tree.project,
        name=tree.name,
        repo=tree.repo,
        branch=tree.branch,
        glob=tree.glob,
        join_on=tree.join_on or None,
        outer_join=tree.outer_join or None,
        group_by=tree.group_by or None,
        lazy=tree.lazy or None,
        empty_files=tree.empty_files or None,
        s3=tree.s3 or None,
        trigger=tree.trigger,
        propagation_spec=PropagationSpec(never=True) if tree.never_propagate else None,
        reference=tree.reference or None,
    )
