"""Opening the store, or saying why it cannot be."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdslc.local.ledger import NewerFormatError
from bcdslc.local.store import Lock, Store, open_store

NO_STORE = "BC940"


def opened_store(root: Path, *, must_exist: bool = False) -> Store | Diagnostic:
    """Open a store, or make one unless it must exist."""
    if must_exist and not (root / "store.db").exists():
        return _refused(root, "is no store of results", "`bcdsl run` makes one; or give `--store`")
    try:
        return open_store(root)
    except NewerFormatError:
        return _refused(root, "was written by a newer bcdsl", "update bcdsl, or give `--store`")
    except sqlite3.DatabaseError:
        return _refused(root, "is no store of results", "give another folder with `--store`")
    except OSError as error:
        reason = (error.strerror or "").lower()
        return _refused(root, f"cannot be used: {reason}", "give another folder with `--store`")


def locked_store(root: Path, waiting: Callable[[str], None]) -> tuple[Store, Lock] | Diagnostic:
    """Open a store to write to it, when no other run does; two must not make it at once."""
    lock = Lock(root)
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock.take(waiting)
    except OSError as error:
        reason = (error.strerror or "").lower()
        return _refused(root, f"cannot be used: {reason}", "give another folder with `--store`")
    store = opened_store(root)
    if isinstance(store, Diagnostic):
        lock.release()
        return store
    return store, lock


def _refused(root: Path, what: str, repair: str) -> Diagnostic:
    return Diagnostic(code=NO_STORE, message=f"`{shown(root)}` {what}", span=None, help=repair)


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    relative = os.path.relpath(path)
    return relative if len(relative) < len(str(path)) else str(path)
