"""An input tree on its data: every leaf with the entries that it matched."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TypeAlias

from bcdsl.frozen import dataclass, field
from bcdslc.datum.bucket import Tables
from bcdslc.datum.source import Entry, Source


class Kind(Enum):
    """How the datums of parts are put together."""

    CROSS = "cross"
    JOIN = "join"
    GROUP = "group"
    UNION = "union"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leaf:
    """A pfs input and what it matched, in listing order."""

    source: Source
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Combined:
    """A combination.

    `distinct`: no two leaves below have name, repo and branch in common. Then no two of them
    share an entry, so that no datum can come about twice and none need be compared.
    """

    kind: Kind
    parts: tuple[Node, ...]
    distinct: bool
    tables: list[Tables] = field(default_factory=list, init=False, repr=False)  # of a join, kept


Node: TypeAlias = Leaf | Combined


def leaves(node: Node) -> list[Leaf]:
    """Return the leaves from left to right."""
    if isinstance(node, Leaf):
        return [node]
    return [leaf for part in node.parts for leaf in leaves(part)]


def combine(kind: Kind, parts: tuple[Node, ...]) -> Combined:
    """Return the combination of parts."""
    signatures = [leaf.source.signature for part in parts for leaf in leaves(part)]
    distinct = len(signatures) == len(set(signatures))
    return Combined(kind=kind, parts=parts, distinct=distinct)
