"""Everything that runs leave behind, in one folder: contents, memory, the workers' folders."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from bcdsl.frozen import dataclass
from bcdslc.local.batch import write_tools
from bcdslc.local.blob import Blobs
from bcdslc.local.ledger import Ledger
from bcdslc.local.record import Branch, PipelineName

DEFAULT = ".bcdsl/store"


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open store."""

    root: Path
    blobs: Blobs
    ledger: Ledger

    @property
    def tools(self) -> Path:
        """The folder of the worker's own programs."""
        return self.root / "tools"

    @property
    def living(self) -> Path:
        """A file that is locked while programs of a run live, even if the run was killed."""
        return self.root / "living"

    def workers(self, pipeline: PipelineName, version: int) -> Path:
        """Return the folder in which a version's workers keep theirs."""
        return self.root / "workers" / f"{pipeline.project}.{pipeline.name}.v{version}"

    def content_of(self, branch: Branch) -> str:
        """Return what a new commit of a branch starts from: its newest one without an error."""
        for commit in self.ledger.commits(branch):
            if not commit.error:
                return commit.files
        return self.blobs.put_bytes(b"").name


class Lock:
    """At most one run writes to a store. Released by the system when its process ends."""

    def __init__(self, root: Path) -> None:
        self.path = root / "lock"
        self.file: IO[str] | None = None

    def take(self, waiting: Callable[[str], None]) -> None:
        """Take the lock; where another run has it, call `waiting` with its process and wait."""
        self.file = self.path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            waiting(self.file.read().strip())
            fcntl.flock(self.file, fcntl.LOCK_EX)
        with (self.path.parent / "living").open("ab") as living:
            fcntl.flock(living, fcntl.LOCK_EX)  # programs of a killed run are being ended
        self.file.seek(0)
        self.file.truncate()
        self.file.write(str(os.getpid()))
        self.file.flush()

    def release(self) -> None:
        """Give the lock back."""
        if self.file is not None:
            self.file.close()


def open_store(root: Path) -> Store:
    """Open a store, or make one.

    Raises:
        OSError: The folder cannot be made or written.
        NewerFormatError: A newer bcdsl wrote it.
        sqlite3.DatabaseError: Something else lies there.
    """
    root.mkdir(parents=True, exist_ok=True)
    blobs = Blobs(root / "blobs")
    store = Store(root=root, blobs=blobs, ledger=Ledger(root / "store.db"))
    write_tools(store.tools)
    return store
