"""Whether the branch of a triggered input moves to the head of the branch that it watches.

On this machine a run stands for the time that passes on a cluster: a trigger on a schedule fires
in every run, and no rate is limited.
"""

from __future__ import annotations

import re

from bcdslc.input_tree import Pfs
from bcdslc.local.filing import stored_files
from bcdslc.local.inputs import branch_of
from bcdslc.local.record import Branch, Commit
from bcdslc.local.settings import Settings
from bcdslc.local.store import Store

_SIZE = re.compile(r"(?i)\s*([0-9.]+)\s*([kmgtpe]?)(i?)b?\s*")
_UNITS = "kmgtpe"


def follow(store: Store, stage: Settings, leaf: Pfs, id: str) -> Commit | None:
    """Move a triggered branch if its condition holds; return its new commit."""
    trigger = leaf.trigger
    if trigger is None:
        return None
    target = branch_of(leaf, stage)
    watched = Branch(target.project, target.repo, trigger.branch or "master")
    head, last = store.ledger.head(watched), store.ledger.head(target)
    if head is None or head.error or (last is not None and last.files == head.files):
        return None
    conditions = []
    if trigger.cron_spec:
        conditions.append(True)
    if trigger.size:
        conditions.append(_size(store, head) - _size(store, last) >= bytes_of(trigger.size))
    if trigger.commits:
        since = last.number if last else 0
        count = sum(1 for commit in store.ledger.commits(watched) if commit.number > since)
        conditions.append(count >= trigger.commits)
    if not (all(conditions) if trigger.all else any(conditions)):
        return None
    return store.ledger.add_commit(id, target, head.files)


def bytes_of(size: str) -> int:
    """Return the bytes that a text like `1G` or `1Gi` means; units are decimal without an `i`."""
    found = _SIZE.fullmatch(size)
    if found is None:
        return 0
    number, unit, binary = found.groups()
    power = _UNITS.index(unit.lower()) + 1 if unit else 0
    return int(float(number) * (1024 if binary else 1000) ** power)


def _size(store: Store, commit: Commit | None) -> int:
    if commit is None:
        return 0
    return sum(blob.size for blob in stored_files(store.blobs, commit.files).values())
