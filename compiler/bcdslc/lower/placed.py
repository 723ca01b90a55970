"""Inputs on their way to an input tree: each leaf in its place, its keys not yet written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdsl.model import CronLeaf, OperatorKind, PfsLeaf
from bcdsl.source import Span


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KeyScope:
    """The leaves below one join or group and the names that make their key.

    `names` holds no fixed names: a fixed name has one value, which separates nothing.
    `spaced` are the names that choose what stands between the parts: those of all keys of the
    same tied group or operator.
    """

    names: frozenset[str]
    spaced: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedPfs:
    """A leaf that reads files, with the scopes of its two keys (None: it has no such key)."""

    leaf: PfsLeaf
    index: int  # counts the stage's leaves as written
    join: KeyScope | None
    group: KeyScope | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedCron:
    """A clock."""

    leaf: CronLeaf
    index: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedOperator:
    """A combination, written or found."""

    kind: OperatorKind
    parts: tuple[Placed, ...]
    span: Span | None  # None: nobody wrote it


Placed: TypeAlias = PlacedPfs | PlacedCron | PlacedOperator


def placed_leaves(placed: Placed) -> Iterator[PlacedPfs | PlacedCron]:
    """Yield the leaves from left to right."""
    if isinstance(placed, PlacedOperator):
        for part in placed.parts:
            yield from placed_leaves(part)
    else:
        yield placed
