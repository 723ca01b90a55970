"""Pachyderm's input trees as values: what lowering makes and what datums are made from.

Unlike the `Input` message of a spec, a tree is well formed: each node is of one kind.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.spec.message import Trigger
from bcdslc.spec.origin import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Pfs:
    """Files of one branch that match a glob. `name` is None where the spec gives none."""

    name: str | None
    repo: str
    project: str | None = None
    branch: str | None = None
    glob: str = "/"
    join_on: str = ""
    outer_join: bool = False
    group_by: str = ""
    lazy: bool = False
    empty_files: bool = False
    s3: bool = False
    reference: bool = False
    never_propagate: bool = False
    trigger: Trigger | None = None
    path: Path = ()  # where the leaf stands in its spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Cron:
    """The ticks of a clock."""

    name: str
    spec: str
    project: str | None = None
    repo: str | None = None
    overwrite: bool = False
    start: str | None = None
    path: Path = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cross:
    """All with all."""

    parts: tuple[InputTree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Entries with equal `join_on`."""

    parts: tuple[InputTree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One datum for each `group_by`."""

    parts: tuple[InputTree, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """One after the other."""

    parts: tuple[InputTree, ...]


InputTree: TypeAlias = Pfs | Cron | Cross | Join | Group | Union


def leaves(tree: InputTree) -> Iterator[Pfs | Cron]:
    """Yield the leaves from left to right."""
    todo: list[InputTree] = [tree]
    while todo:
        match todo.pop():
            case Pfs() | Cron() as leaf:
                yield leaf
            case Cross(parts=parts) | Join(parts=parts) | Group(parts=parts) | Union(parts=parts):
                todo.extend(reversed(parts))
