"""Entries by key. A bucket of one entry is that entry, which saves a list a key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TypeAlias

from bcdslc.datum.source import Entry

Buckets: TypeAlias = dict[str, Entry | list[Entry]]


def by_key(entries: Iterable[Entry], *, join: bool) -> Buckets:
    """Return entries by their `join_on`, or by their `group_by`, in the order given."""
    field = 2 if join else 3
    table: Buckets = {}
    for entry in entries:
        key: str = entry[field]  # type: ignore[assignment]  # `field` is that of a key
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


class Tables:
    """The entries of a join's parts by key, and which keys are whole, lacking, or several."""

    def __init__(self, by_part: Sequence[Buckets]) -> None:
        self.by_part = by_part

    @cached_property
    def whole(self) -> set[str]:
        """The keys that all parts have."""
        first, *others = self.by_part
        return set(first).intersection(*others)

    @cached_property
    def lacking(self) -> list[str]:
        """The keys that some part lacks, in order of appearance."""
        whole = self.whole
        keys = (key for table in self.by_part for key in table if key not in whole)
        return list(dict.fromkeys(keys))

    @cached_property
    def several(self) -> list[set[str]]:
        """For each part the keys of which it has several entries."""
        return [{k for k, b in table.items() if type(b) is list} for table in self.by_part]

    def of(self, key: str) -> list[Entry | list[Entry] | None]:
        """Return each part's bucket of a key."""
        return [table.get(key) for table in self.by_part]
