"""One tick of a clock: an empty file named by its time, in a commit of the tick repo."""

from __future__ import annotations

from datetime import datetime, timezone

from bcdslc.input_tree import Cron
from bcdslc.local.filing import store_files, stored_files
from bcdslc.local.inputs import tick_branch
from bcdslc.local.record import Commit
from bcdslc.local.settings import Settings
from bcdslc.local.store import Store


def tick(store: Store, stage: Settings, clock: Cron, now: datetime, id: str) -> Commit:
    """Make a tick; with `overwrite` it is the only one."""
    branch = tick_branch(clock, stage)
    name = now.astimezone(timezone.utc).strftime("/%Y-%m-%dT%H:%M:%SZ")
    files = {} if clock.overwrite else stored_files(store.blobs, store.content_of(branch))
    files[name] = store.blobs.put_bytes(b"")
    return store.ledger.add_commit(id, branch, store_files(store.blobs, files))
