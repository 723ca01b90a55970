"""Keys for which a join makes several datums, because several inputs have several files."""

from __future__ import annotations

from math import prod

from bcdsl.frozen import dataclass
from bcdslc.datum.bucket import options
from bcdslc.datum.leftover import part_name
from bcdslc.datum.node import Combined, Kind, Leaf, Node
from bcdslc.datum.source import Entry
from bcdslc.datum.stream import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplied:
    """A key, and how many files each input has for it."""

    key: str
    sizes: tuple[tuple[str, int], ...]

    @property
    def datums(self) -> int:
        """How many datums the key makes."""
        return prod(size for _, size in self.sizes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplications:
    """All such keys of one join, the ones with most datums first."""

    join: Combined
    total: int
    datums: int
    first: tuple[Multiplied, ...]


def all_multiplied(node: Node, limit: int) -> list[Multiplications]:
    """Return the keys of each join of a tree that multiply."""
    if isinstance(node, Leaf):
        return []
    found = [each for part in node.parts for each in all_multiplied(part, limit)]
    if node.kind is Kind.JOIN:
        mine = _multiplied(node)
        if mine:
            mine.sort(key=lambda each: -each.datums)
            found.append(
                Multiplications(
                    join=node,
                    total=len(mine),
                    datums=sum(each.datums for each in mine),
                    first=tuple(mine[:limit]),
                )
            )
    return found


def _multiplied(join: Combined) -> list[Multiplied]:
    found = tables(join)
    names = [part_name(part) for part in join.parts]
    once: set[str] = set()
    twice: set[str] = set()
    for keys in found.several:
        twice |= once & keys
        once |= keys
    return [
        Multiplied(key=key, sizes=tuple(zip(names, map(_size, found.of(key)), strict=True)))
        for key in sorted(twice & found.whole)
    ]


def _size(bucket: Entry | list[Entry] | None) -> int:
    return len(options(bucket))
