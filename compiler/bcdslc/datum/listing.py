"""Datums in Pachyderm's two orders: ascending ID, and the order in which a job works.

All IDs must be known before the first datum can come, so what does not fit in memory is sorted in
runs that wait in temporary files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import IO, TypeAlias

from bcdslc.datum.identity import raw_id
from bcdslc.datum.node import Node, leaves
from bcdslc.datum.source import Datum, Entry, Source
from bcdslc.datum.stream import stream

RUN = 1_500_000  # datums; some 300 bytes each
_BATCH = 500

_Placed: TypeAlias = tuple[bytes, Datum]  # what is sorted by, which is unique


def listing(node: Node) -> Iterator[Datum]:
    """Yield datums in ascending order of ID: what listing them shows."""
    return (datum for _, datum in identified(node))


def identified(node: Node) -> Iterator[tuple[bytes, Datum]]:
    """Yield datums in ascending order of ID, each with the bytes of its ID."""
    return _sorted(stream(node), lambda datum: raw_id(datum.entries), node)


def processing(node: Node) -> Iterator[Datum]:
    """Yield datums in the order in which a job works through them: by index, then by ID."""
    found = stream(node, indexed=True)
    placed = _sorted(found, lambda d: d.index.to_bytes(16, "big") + raw_id(d.entries), node)
    return (datum for _, datum in placed)


def _sorted(
    datums: Iterator[Datum], place: Callable[[Datum], bytes], node: Node
) -> Iterator[_Placed]:
    sources = [leaf.source for leaf in leaves(node)]
    runs: list[Iterator[_Placed]] = []
    run = _next_run(datums, place)
    while len(run) == RUN:
        runs.append(_read(_written(run, sources), sources))
        run = _next_run(datums, place)
    yield from merge(*runs, run, key=itemgetter(0)) if runs else run


def _next_run(datums: Iterator[Datum], place: Callable[[Datum], bytes]) -> list[_Placed]:
    run = [(place(datum), datum) for datum in islice(datums, RUN)]
    run.sort(key=itemgetter(0))
    return run


def _written(run: Iterable[_Placed], sources: list[Source]) -> IO[bytes]:
    import pickle  # few listings are so long
    from tempfile import TemporaryFile

    numbers = {source: number for number, source in enumerate(sources)}
    file = TemporaryFile()  # noqa: SIM115 - closed when its last reader is gone
    ordered = iter(run)
    while batch := list(islice(ordered, _BATCH)):
        plain = [
            (place, datum.index, [(numbers[e.source], *e[1:]) for e in datum.entries])
            for place, datum in batch
        ]
        pickle.dump(plain, file, protocol=pickle.HIGHEST_PROTOCOL)
    file.seek(0)
    return file


def _read(file: IO[bytes], sources: list[Source]) -> Iterator[_Placed]:
    import pickle

    with file:
        while True:
            try:
                batch = pickle.load(file)  # our own file, which nobody else can open
            except EOFError:
                return
            for place, index, entries in batch:
                yield place, Datum(tuple(Entry(sources[n], *rest) for n, *rest in entries), index)
