"""Entries by key. A bucket of one entry is that entry, which saves a list a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from bcdslc.datum.source import Entry

Buckets: TypeAlias = dict[str, Entry | list[Entry]]


def by_key(entries: Iterable[Entry], *, join: bool) -> Buckets:
    """Return entries by their `join_on`, or by their `group_by`, in the order given."""
    field = 2 if join else 3
    table: Buckets = {}
    for entry in entries:
        key: str = entry[field]  # type: ignore[assignment]
        before = table.get(key)
        if before is None:
            table[key] = entry
        elif isinstance(before, list):
            before.append(entry)
        else:
            table[key] = [before, entry]
    return table


def options(bucket: Entry | list[Entry] | None) -> Sequence[Entry]:
    """Return the entries of a bucket."""
    if bucket is None:
        return ()
    return bucket if isinstance(bucket, list) else (bucket,)
