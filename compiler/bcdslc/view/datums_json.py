"""Previews of datums as JSON, written piece by piece so that any number of datums fits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from bcdsl.frozen import dataclass
from bcdslc.datum.identity import datum_hash
from bcdslc.datum.listing import identified
from bcdslc.datum.preview import Hidden, Preview
from bcdslc.datum.source import Datum, Entry
from bcdslc.view.datums_text import values_of

_BATCH = 256  # datums encoded in one go: encoding each alone costs half as much again


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the datums is written: how many, and with `hashes` what reading content gives."""

    limit: int | None = None
    hashes: bool = False
    salt: str = ""
    datums: bool = True


def as_json(previews: Iterable[Preview | Hidden], wanted: Wanted) -> Iterator[str]:
    """Yield pieces of one JSON document with all stages, datums in ascending order of ID."""
    yield '{"stages": ['
    between = "\n"
    for found in previews:
        yield between
        between = ",\n"
        if isinstance(found, Hidden):
            yield json.dumps(_hidden(found))
        else:
            yield from _stage(found, wanted)
    yield "\n]}\n"


def _hidden(found: Hidden) -> Mapping[str, object]:
    reasons = [str(reason) for reason in found.reasons]
    return {"name": found.stage, "count": None, "missing": found.missing, "reasons": reasons}


def _stage(found: Preview, wanted: Wanted) -> Iterator[str]:
    head = json.dumps(_head(found))
    if not wanted.datums:
        yield head
        return
    yield head[:-1] + ', "datums": ['
    between = "\n"
    datums = islice(identified(found.node), wanted.limit)
    while batch := [_datum(*each, found, wanted) for each in islice(datums, _BATCH)]:
        yield between + json.dumps(batch)[1:-1]
        between = ",\n"
    yield "\n]}"


def _head(found: Preview) -> dict[str, object]:
    return {
        "name": found.stage,
        "count": found.count,
        "formula": found.formula,
        "left_out": [
            {
                "names": found.naming.names(each.join),
                "total": each.total,
                "kept": each.kept,
                "of": each.keys,
                "first": [
                    {
                        "key": left.key,
                        "present": left.present,
                        "absent": {a.part: a.nearest for a in left.absent},
                        "kept": left.kept,
                    }
                    for left in each.first
                ],
            }
            for each in found.leftovers
        ],
        "near_misses": [
            {
                "input": each.leaf.source.name,
                "total": each.total,
                "first": [{"path": m.path, "wrong": dict(m.wrong)} for m in each.first],
            }
            for each in found.near_misses
        ],
        "multiplied": [
            {
                "total": each.total,
                "datums": each.datums,
                "first": [{"key": m.key, "files": dict(m.sizes)} for m in each.first],
            }
            for each in found.multiplied
        ],
        "overlapping": [
            {
                "input": each.leaf.source.name,
                "matches": each.inside,
                "example": [each.folder, each.below],
            }
            for each in found.overlaps
        ],
        "empty": [
            {"input": each.leaf.source.name, "pattern": each.pattern, "would_match": each.instead}
            for each in found.empty
        ],
        "uploaded_too_deep": [leaf.source.repo for leaf in found.uploads],
    }


def _datum(name: bytes, datum: Datum, found: Preview, wanted: Wanted) -> Mapping[str, object]:
    shown: dict[str, object] = {"id": name.hex()}
    values = values_of(datum, found.naming)
    if values:
        shown["names"] = {n: v[0] if len(v) == 1 else v for n, v in values.items()}
    if wanted.hashes:
        digest = datum_hash(datum, wanted.salt)
        shown["hash"] = digest.value.hex() if digest is not None and digest.servers else None
    shown["files"] = [_file(entry, wanted.hashes) for entry in datum.entries]
    return shown


def _file(entry: Entry, hashes: bool) -> Mapping[str, object]:
    source = entry.source
    shown: dict[str, object] = {"input": source.name, "repo": source.repo, "path": entry.path}
    if hashes:
        digest = source.files.digest(entry.path)
        known = digest is not None and digest.servers
        shown["hash"] = digest.value.hex() if digest is not None and known else None
        shown["size"] = source.files.size(entry.path)
    return shown
