"""The inputs of a spec, each with its JSON path and the operators that stand above it.

A message may say what no server takes (an input of two kinds, or of none): the walk then
visits all that is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from bcdsl.frozen import dataclass
from bcdslc.spec.message import CronInput, Input, PfsInput
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

OPERATORS = ("cross", "union", "join", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One input: its path, and the operators above it, the outermost first."""

    path: Path
    input: Input
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PfsAt:
    """A pfs input; `path` ends in `pfs`."""

    path: Path
    pfs: PfsInput
    above: tuple[str, ...]

    @property
    def name(self) -> str:
        """The directory under `/pfs`: the name, else the repo's (part 2.8 of the reference)."""
        return self.pfs.name or self.pfs.repo or ""

    @property
    def name_path(self) -> Path:
        """Where the name is written: at `name`, else at `repo`."""
        return (*self.path, "name" if self.pfs.name else "repo")


@dataclass(frozen=True, slots=True, kw_only=True)
class CronAt:
    """A cron input; `path` ends in `cron`."""

    path: Path
    cron: CronInput
    above: tuple[str, ...]

    @property
    def name(self) -> str:
        """The directory under `/pfs`."""
        return self.cron.name or ""

    @property
    def name_path(self) -> Path:
        """Where the name is written."""
        return (*self.path, "name")


def children(node: Input) -> Mapping[str, tuple[Input, ...]]:
    """Return the parts of an input by operator, those that have any."""
    found = {
        "cross": node.cross,
        "union": node.union,
        "join": node.join,
        "group": node.group,
    }
    return {operator: parts for operator, parts in found.items() if parts}


# A dozen rules ask about the same spec one after the other. A spec is equal only to itself, so
# the cache holds the last few of them and nothing else.
@lru_cache(maxsize=4)
def nodes(spec: Spec) -> tuple[Node, ...]:
    """Return every input of a spec, those above before those below, in the order written."""
    if spec.request.input is None:
        return ()
    found: list[Node] = []
    todo = [Node(path=("input",), input=spec.request.input, above=())]
    while todo:
        node = todo.pop()
        found.append(node)
        below = [
            Node(path=(*node.path, operator, index), input=part, above=(*node.above, operator))
            for operator, parts in children(node.input).items()
            for index, part in enumerate(parts)
        ]
        todo.extend(reversed(below))
    return tuple(found)


@lru_cache(maxsize=4)
def pfs_inputs(spec: Spec) -> tuple[PfsAt, ...]:
    """Return the pfs inputs of a spec in the order written."""
    return tuple(
        PfsAt(path=(*node.path, "pfs"), pfs=node.input.pfs, above=node.above)
        for node in nodes(spec)
        if node.input.pfs is not None
    )


@lru_cache(maxsize=4)
def cron_inputs(spec: Spec) -> tuple[CronAt, ...]:
    """Return the cron inputs of a spec in the order written."""
    return tuple(
        CronAt(path=(*node.path, "cron"), cron=node.input.cron, above=node.above)
        for node in nodes(spec)
        if node.input.cron is not None
    )


def named_inputs(spec: Spec) -> tuple[PfsAt | CronAt, ...]:
    """Return the pfs inputs, then the crons: all that get a directory and a variable."""
    return (*pfs_inputs(spec), *cron_inputs(spec))
