"""What a join leaves out: keys that not all of its inputs have, and the key that was meant.

The nearest key on the other side is looked for among the keys that have no partner either, and
only for those that are shown. Two keys are near if their numbers are the same (`exam_03` is not a
misspelt `exam_04`) and each is nearest to the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from bcdsl.frozen import dataclass
from bcdsl.suggest import nearest
from bcdslc.datum.bucket import Buckets, options
from bcdslc.datum.node import Combined, Kind, Leaf, Node, leaves
from bcdslc.datum.source import Entry
from bcdslc.datum.stream import tables

LOOKED_AT = 500  # keys compared with a misspelt one
_NUMBER = re.compile(r"\d+")

_Alike = Mapping[tuple[int, ...], list[str]]  # keys without partner, by the numbers in them


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """An input that lacks a key, and the key it has instead, if one is near."""

    part: str
    nearest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftover:
    """A key that some inputs have and others lack."""

    key: str
    present: tuple[str, ...]
    absent: tuple[Absent, ...]
    kept: bool  # some input keeps it all the same
    example: str  # a path with this key


@dataclass(frozen=True, slots=True, kw_only=True)
class Leftovers:
    """The keys of one join that lack a partner: how many of how many, and the first of them."""

    join: Combined
    total: int
    kept: int  # of these, how many are in a datum all the same
    keys: int
    first: tuple[Leftover, ...]


def all_leftovers(node: Node, limit: int) -> list[Leftovers]:
    """Return what each join of a tree leaves out, where it does."""
    if isinstance(node, Leaf):
        return []
    found = [each for part in node.parts for each in all_leftovers(part, limit)]
    if node.kind is Kind.JOIN:
        mine = _leftovers(node, limit)
        if mine.total:
            found.append(mine)
    return found


def part_name(part: Node) -> str:
    """Return what a part of a combination is called: its inputs' names."""
    return " or ".join(dict.fromkeys(leaf.source.name for leaf in leaves(part)))


def _leftovers(join: Combined, limit: int) -> Leftovers:
    found = tables(join)
    total = len(found.lacking)
    lonely: dict[tuple[int, ...], list[str]] = {}
    for key in found.lacking:
        lonely.setdefault(_numbers(key), []).append(key)
    first = tuple(_leftover(key, join, lonely) for key in found.lacking[:limit])
    kept = sum(_is_kept(found.of(key)) for key in found.lacking)
    keys = total + len(found.whole)
    return Leftovers(join=join, total=total, kept=kept, keys=keys, first=first)


def _is_kept(buckets: Iterable[Entry | list[Entry] | None]) -> bool:
    return any(entry.source.outer_join for bucket in buckets for entry in options(bucket))


def _leftover(key: str, join: Combined, lonely: _Alike) -> Leftover:
    found = tables(join)
    parts = [(part_name(part), t) for part, t in zip(join.parts, found.by_part, strict=True)]
    mine = [table for _, table in parts if key in table]
    having = [entry for bucket in found.of(key) for entry in options(bucket)]
    return Leftover(
        key=key,
        present=tuple(name for name, table in parts if key in table),
        absent=tuple(
            Absent(part=name, nearest=_nearest(key, mine, table, lonely))
            for name, table in parts
            if key not in table
        ),
        kept=_is_kept(found.of(key)),
        example=having[0].path,
    )


def _nearest(key: str, mine: Iterable[Buckets], other: Buckets, lonely: _Alike) -> str | None:
    """Return the key of the other part that was meant, if that in turn is nearest to this one."""
    alike = lonely[_numbers(key)][:LOOKED_AT]
    guess = nearest(key, (k for k in alike if k in other and not any(k in m for m in mine)))
    if guess is None:
        return None
    back = nearest(guess, (k for k in alike if k not in other and any(k in m for m in mine)))
    return guess if back == key else None


def _numbers(key: str) -> tuple[int, ...]:
    return tuple(int(digits[:18]) for digits in _NUMBER.findall(key))
