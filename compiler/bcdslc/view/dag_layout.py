"""Where the nodes of a DAG stand in a picture: rows from sources to ends, with few crossings.

1. A node's row is one below its lowest predecessor; a source stands just above its first reader.
2. An edge over several rows passes a bend in each row between.
3. Sweeps down and up sort each row by the mean place of its neighbours; the order with the fewest
   crossings is kept.
4. Across, each row is pulled to the mean of its neighbours. Order and gaps are kept: neighbours
   that would overlap are pooled into a block that moves as one (isotonic regression).
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from bcdsl.frozen import dataclass

SWEEPS = 12
PULLS = 30


class Bend(NamedTuple):
    """Where a long edge passes a row."""

    source: str
    target: str
    row: int


Place: TypeAlias = "str | Bend"
Edge: TypeAlias = tuple[str, str]
Rows: TypeAlias = list[list[Place]]
Neighbours: TypeAlias = dict[Place, list[Place]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Each place's row and middle; each edge as the places that it passes, ends included."""

    rows: Mapping[Place, int]
    across: Mapping[Place, float]
    routes: Sequence[Sequence[Place]]


def laid_out(nodes: Collection[str], edges: Sequence[Edge], widths: Mapping[str, float]) -> Layout:
    """Return a layout of an acyclic graph; `widths` hold the gaps between neighbours too."""
    row_of = _node_rows(nodes, edges)
    routes = [_route(edge, row_of) for edge in edges]
    rows: Rows = [[] for _ in range(max(row_of.values(), default=-1) + 1)]
    for node in nodes:
        rows[row_of[node]].append(node)
    for route in routes:
        for bend in route[1:-1]:
            assert isinstance(bend, Bend)
            rows[bend.row].append(bend)
    above, below = _neighbours(rows, routes)
    rows = _fewest_crossings(rows, above, below)
    width = {place: widths.get(place, 8.0) if isinstance(place, str) else 8.0 for place in above}
    return Layout(
        rows={place: number for number, row in enumerate(rows) for place in row},
        across=_spread(rows, above, below, width),
        routes=routes,
    )


def _node_rows(nodes: Collection[str], edges: Sequence[Edge]) -> dict[str, int]:
    readers: dict[str, list[str]] = {node: [] for node in nodes}
    waiting = dict.fromkeys(nodes, 0)
    for source, target in edges:
        readers[source].append(target)
        waiting[target] += 1
    row = dict.fromkeys(nodes, 0)
    sources = [node for node in nodes if not waiting[node]]
    todo = list(sources)
    for node in todo:
        for reader in readers[node]:
            row[reader] = max(row[reader], row[node] + 1)
            waiting[reader] -= 1
            if not waiting[reader]:
                todo.append(reader)
    for node in sources:
        if readers[node]:
            row[node] = min(row[reader] for reader in readers[node]) - 1
    return row


def _route(edge: Edge, row: Mapping[str, int]) -> list[Place]:
    source, target = edge
    between = range(row[source] + 1, row[target])
    return [source, *(Bend(source, target, number) for number in between), target]


def _neighbours(rows: Rows, routes: Iterable[Sequence[Place]]) -> tuple[Neighbours, Neighbours]:
    above: Neighbours = {place: [] for row in rows for place in row}
    below: Neighbours = {place: [] for row in rows for place in row}
    for route in routes:
        for upper, lower in pairwise(route):
            below[upper].append(lower)
            above[lower].append(upper)
    return above, below


def _fewest_crossings(rows: Rows, above: Neighbours, below: Neighbours) -> Rows:
    best, fewest = rows, _crossings(rows, below)
    for sweep in range(SWEEPS):
        if not fewest:
            break
        rows = _swept(rows, above, below, down=sweep % 2 == 0)
        count = _crossings(rows, below)
        if count < fewest:
            best, fewest = rows, count
    return best


def _swept(rows: Rows, above: Neighbours, below: Neighbours, *, down: bool) -> Rows:
    side = above if down else below
    position = {place: float(at) for row in rows for at, place in enumerate(row)}
    swept = [list(row) for row in rows]
    for row in swept if down else reversed(swept):
        row.sort(key=lambda place: _mean(side[place], position, position[place]))
        position.update({place: float(at) for at, place in enumerate(row)})
    return swept


def _crossings(rows: Rows, below: Neighbours) -> int:
    position = {place: at for row in rows for at, place in enumerate(row)}
    count = 0
    for row in rows:
        seen: list[int] = []
        for end in (end for upper in row for end in sorted(position[low] for low in below[upper])):
            count += len(seen) - bisect_right(seen, end)
            insort(seen, end)
    return count


def _spread(
    rows: Rows, above: Neighbours, below: Neighbours, width: Mapping[Place, float]
) -> dict[Place, float]:
    across: dict[Place, float] = {}
    for row in rows:
        across.update(_packed(row, [0.0] * len(row), width))
    for pull in range(PULLS):
        down = pull % 2 == 0
        side = above if down else below
        for row in rows if down else reversed(rows):
            wanted = [_mean(side[place], across, across[place]) for place in row]
            across.update(_packed(row, wanted, width))
    left = min((across[place] - width[place] / 2 for place in across), default=0.0)
    return {place: middle - left for place, middle in across.items()}


def _packed(
    row: Sequence[Place], wanted: Sequence[float], width: Mapping[Place, float]
) -> dict[Place, float]:
    """Return the places nearest to those wanted at which neighbours do not overlap."""
    offsets: list[float] = []
    for at, place in enumerate(row):
        gap = (width[row[at - 1]] + width[place]) / 2 if at else 0.0
        offsets.append(offsets[-1] + gap if at else 0.0)
    blocks: list[tuple[float, int]] = []  # mean, how many
    for wish, offset in zip(wanted, offsets, strict=True):
        blocks.append((wish - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (right, many), (left, few) = blocks.pop(), blocks.pop()
            blocks.append(((left * few + right * many) / (few + many), few + many))
    starts = [mean for mean, count in blocks for _ in range(count)]
    return {p: start + offset for p, start, offset in zip(row, starts, offsets, strict=True)}


def _mean(places: Sequence[Place], at: Mapping[Place, float], default: float) -> float:
    return sum(at[place] for place in places) / len(places) if places else default
