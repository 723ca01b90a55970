"""The datums of a node, one after the other.

Every datum comes once. The order is the one in which they are found (files in listing order,
keys as the first input has them), so that the first are there at once; `by_id` gives
Pachyderm's order. What is held in memory is the parts of a product, never the product.

pachyderm: src/server/worker/datum/create.go, iterator.go. There, each part's datums come in the
order of their IDs, and of two datums of one ID the first stays. Where no datum can come twice
(`Combined.distinct`) that order decides only the positions in a cross and the order inside a
group, so it is made only for these; otherwise everything goes the long way, as there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, product

from bcdslc.datum.bucket import Buckets, Tables, by_key, options
from bcdslc.datum.identity import bucket_name, raw_id
from bcdslc.datum.node import Combined, Kind, Leaf, Node
from bcdslc.datum.source import Datum, Entry


def stream(node: Node, *, indexed: bool = False) -> Iterator[Datum]:
    """Yield the datums of a node. With `indexed` each has its index, else the index means nothing.

    An index is a pfs input's listing position, a cross's position among all combinations of
    its parts' datums in ID order, 0 in a join or group, and in a union what the part gave.
    """
    if isinstance(node, Leaf):
        return (Datum((entry,), at) for at, entry in enumerate(node.entries))
    match node.kind:
        case Kind.CROSS:
            return _cross(node, indexed)
        case Kind.JOIN:
            return _join(node) if node.distinct else _first_of_each_id(_join_in_order(node))
        case Kind.GROUP:
            return _group(node)
        case Kind.UNION:
            found = chain.from_iterable(stream(part, indexed=indexed) for part in node.parts)
            return found if node.distinct else _first_of_each_id(found)


def by_id(node: Node) -> list[Datum]:
    """Return the datums of a node in ascending order of ID."""
    return sorted(stream(node), key=lambda datum: raw_id(datum.entries))


def _cross(node: Combined, indexed: bool) -> Iterator[Datum]:
    if indexed or not node.distinct:
        factors: list[Iterable[Datum]] = [by_id(part) for part in node.parts]
        combinations = enumerate(product(*factors))
        found = (Datum(_strung_together(rows), at) for at, rows in combinations)
        yield from found if node.distinct else _first_of_each_id(found)
        return
    rest = [list(stream(part)) for part in node.parts[1:]]
    if all(rest):
        for first in stream(node.parts[0]):
            for others in product(*rest):
                yield Datum(first.entries + _strung_together(others))


def _strung_together(datums: Iterable[Datum]) -> tuple[Entry, ...]:
    return tuple(chain.from_iterable(datum.entries for datum in datums))


def _join(node: Combined) -> Iterator[Datum]:
    """Join parts that share no entry: combinations of different entries are different datums."""
    first, *others = tables(node).by_part
    for key, bucket in first.items():
        found = [bucket, *(other.get(key) for other in others)]
        if None in found:
            yield from map(Datum, outer(found))
        elif list in map(type, found):
            yield from map(Datum, product(*map(options, found)))
        else:
            yield Datum(tuple(found))  # type: ignore[arg-type]  # no slot is left None
    without_first = (key for table in others for key in table if key not in first)
    for key in dict.fromkeys(without_first):
        yield from map(Datum, outer(other.get(key) for other in others))


def outer(found: Iterable[Entry | list[Entry] | None]) -> Iterator[tuple[Entry, ...]]:
    """Yield what is kept of each combination for a key that some part lacks."""
    kept = [
        dict.fromkeys(entry if entry.source.outer_join else None for entry in options(bucket))
        for bucket in found
        if bucket is not None
    ]
    for combination in product(*kept):
        entries = tuple(entry for entry in combination if entry is not None)
        if entries:
            yield entries


def tables(join: Combined) -> Tables:
    """Return the entries of a join's parts by their `join_on`, each once; made only once."""
    if not join.tables:
        join.tables.append(Tables([_table(part) for part in join.parts]))
    return join.tables[0]


def _table(part: Node) -> Buckets:
    if isinstance(part, Leaf):
        return by_key(part.entries, join=True)
    entries = chain.from_iterable(datum.entries for datum in stream(part))
    return by_key(dict.fromkeys(entries), join=True)


def _join_in_order(node: Combined) -> Iterator[Datum]:
    """Join in the order of the server: keys by the hash of the key, entries as flattened."""
    by_part = [by_key(_flattened(part), join=True) for part in node.parts]
    for key in sorted(set().union(*by_part), key=bucket_name):
        found = [table.get(key) for table in by_part]
        whole = None not in found
        for combination in product(*(options(bucket) for bucket in found if bucket is not None)):
            entries = combination if whole else tuple(e for e in combination if e.source.outer_join)
            if entries:
                yield Datum(entries)


def _group(node: Combined) -> Iterator[Datum]:
    by_part = [by_key(_flattened_in_buckets(part), join=False) for part in node.parts]
    keys: Iterable[str] = dict.fromkeys(chain.from_iterable(by_part))
    if node.distinct:
        return (_gathered(node, by_part, key) for key in keys)
    ordered = sorted(keys, key=bucket_name)
    return _first_of_each_id(_gathered(node, by_part, key) for key in ordered)


def _gathered(node: Combined, by_part: Iterable[Buckets], key: str) -> Datum:
    buckets = (
        _in_order(options(table.get(key)), part)
        for part, table in zip(node.parts, by_part, strict=True)
    )
    return Datum(tuple(chain.from_iterable(buckets)))


def _flattened(part: Node) -> Iterable[Entry]:
    """Return a part's entries one by one, in the order of its datums' IDs."""
    return chain.from_iterable(datum.entries for datum in by_id(part))


def _flattened_in_buckets(part: Node) -> Iterable[Entry]:
    """Do what `_flattened` does, but leave a leaf's entries to be ordered inside each bucket."""
    return part.entries if isinstance(part, Leaf) else _flattened(part)


def _in_order(bucket: Iterable[Entry], part: Node) -> Iterable[Entry]:
    return sorted(bucket, key=lambda entry: raw_id((entry,))) if isinstance(part, Leaf) else bucket


def _first_of_each_id(found: Iterable[Datum]) -> Iterator[Datum]:
    seen: set[bytes] = set()
    for datum in found:
        name = raw_id(datum.entries)
        if name not in seen:
            seen.add(name)
            yield datum
