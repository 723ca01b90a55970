"""From an input tree and file trees to a node: what each leaf matches, or why it cannot be said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.datum.arrange import arrange, ticks_of
from bcdslc.datum.match import UnusableGlob, match_leaf
from bcdslc.datum.node import Kind, Leaf, Node, combine
from bcdslc.datum.source import Source, id_part
from bcdslc.input_tree import Cron, Cross, Group, InputTree, Join, Pfs, Union
from bcdslc.tree.file_tree import FileTree

Repos: TypeAlias = Mapping[tuple[str | None, str, str], FileTree]
Find: TypeAlias = Callable[[Pfs], FileTree | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotGiven:
    """Nobody said what a leaf's branch holds."""

    leaf: Pfs

    def __str__(self) -> str:
        return f"no data is given for `{self.leaf.repo}@{self.leaf.branch}`"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A cron input: its ticks are files that only time makes."""

    leaf: Cron

    def __str__(self) -> str:
        return f"`{self.leaf.name}` is a cron input: its ticks are not known before they happen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusable:
    """A glob that does not compile, or a key that makes the server's library crash."""

    leaf: Pfs
    reason: str

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Childless:
    """A combination of nothing."""

    def __str__(self) -> str:
        return "an input holds no input"


Obstacle: TypeAlias = NotGiven | Clock | Unusable | Childless


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A node, or all that stands in its way."""

    node: Node | None
    obstacles: tuple[Obstacle, ...] = ()


def prepare(
    tree: InputTree, repos: Repos | Find, *, pipeline: str = "", clocks: bool = False
) -> Prepared:
    """Sort a tree, fill in its defaults and match every leaf against its branch.

    `repos` maps (project, repo, branch) to files, or is a function that knows the files of a
    leaf with its defaults filled in. `pipeline` names the branches of triggers. With `clocks`
    a cron input is what its tick repo holds, if that is given; the server lists no datums then.
    """
    find = repos if callable(repos) else _finder(repos)
    arranged = arrange(tree, pipeline)
    return prepare_arranged(_with_ticks(arranged, find) if clocks else arranged, find)


def prepare_arranged(tree: InputTree, repos: Repos | Find) -> Prepared:
    """Match every leaf of a tree that is sorted already and has its defaults filled in."""
    find = repos if callable(repos) else _finder(repos)
    obstacles: list[Obstacle] = []
    node = _prepare(tree, find, obstacles)
    return Prepared(node=None if obstacles else node, obstacles=tuple(obstacles))


def _with_ticks(tree: InputTree, find: Find) -> InputTree:
    match tree:
        case Pfs():
            return tree
        case Cron():
            ticks = ticks_of(tree)
            return tree if find(ticks) is None else ticks
        case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
            return type(tree)(parts=tuple(_with_ticks(part, find) for part in parts))


def _finder(repos: Repos) -> Find:
    return lambda leaf: repos.get((leaf.project, leaf.repo, leaf.branch or "master"))


def _prepare(tree: InputTree, find: Find, obstacles: list[Obstacle]) -> Node | None:
    match tree:
        case Cron():
            obstacles.append(Clock(leaf=tree))
            return None
        case Pfs():
            return _prepare_leaf(tree, find, obstacles)
        case Cross(parts=parts):
            return _prepare_parts(Kind.CROSS, parts, find, obstacles)
        case Join(parts=parts):
            return _prepare_parts(Kind.JOIN, parts, find, obstacles)
        case Group(parts=parts):
            return _prepare_parts(Kind.GROUP, parts, find, obstacles)
        case Union(parts=parts):
            return _prepare_parts(Kind.UNION, parts, find, obstacles)


def _prepare_parts(
    kind: Kind, parts: tuple[InputTree, ...], find: Find, obstacles: list[Obstacle]
) -> Node | None:
    if not parts:
        obstacles.append(Childless())
    nodes = [_prepare(part, find, obstacles) for part in parts]
    return combine(kind, tuple(node for node in nodes if node is not None))


def _prepare_leaf(leaf: Pfs, find: Find, obstacles: list[Obstacle]) -> Leaf | None:
    files = find(leaf)
    if files is None:
        obstacles.append(NotGiven(leaf=leaf))
        return None
    name, branch = leaf.name or leaf.repo, leaf.branch or "master"
    source = Source(
        name=name,
        repo=leaf.repo,
        branch=branch,
        leaf=leaf,
        files=files,
        head=id_part(name) + id_part(leaf.repo) + id_part(branch),
        outer_join=leaf.outer_join,
        reference=leaf.reference,
    )
    entries = match_leaf(source)
    if isinstance(entries, UnusableGlob):
        obstacles.append(Unusable(leaf=leaf, reason=entries.reason))
        return None
    return Leaf(source=source, entries=entries)
