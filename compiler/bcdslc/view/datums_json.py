"""Previews of datums as JSON, written piece by piece so that any number of datums fits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from bcdslc.datum.listing import identified
from bcdslc.datum.preview import Hidden, Preview
from bcdslc.view.datum_json import DatumWriter, Wanted

_BATCH = 256  # datums written in one go


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
    text = DatumWriter(found.naming, wanted).text
    while batch := [text(*each) for each in islice(datums, _BATCH)]:
        yield between + ", ".join(batch)
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
