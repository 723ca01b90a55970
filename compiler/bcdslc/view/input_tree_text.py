"""An input tree as an indented list."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.input_tree import Cron, Cross, Group, InputTree, Join, Pfs, Union


def tree_lines(tree: InputTree, indent: str = "") -> Iterator[str]:
    """Yield one line for each node, children below their parent."""
    match tree:
        case Pfs():
            yield indent + _pfs(tree)
        case Cron():
            overwrite = ", overwrite" if tree.overwrite else ""
            yield f"{indent}cron  {tree.name}  {tree.spec}{overwrite}"
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            yield indent + type(tree).__name__.lower()
            for part in parts:
                yield from tree_lines(part, indent + "  ")


def _pfs(leaf: Pfs) -> str:
    branch = f"@{leaf.branch}" if leaf.branch not in (None, "master") else ""
    words = ["pfs", f"{leaf.repo}{branch}", leaf.glob]
    if leaf.name not in (None, leaf.repo):
        words.append(f"as {leaf.name}")
    if leaf.join_on:
        words.append(f"join_on {leaf.join_on}")
    if leaf.group_by:
        words.append(f"group_by {leaf.group_by}")
    flags = ("outer_join", "lazy", "empty_files", "s3", "reference")
    return "  ".join([*words, *(flag for flag in flags if getattr(leaf, flag))])
