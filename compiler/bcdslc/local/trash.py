"""What a datum leaves is taken away while the next one runs.

To free what a file system wrote can wait for the disk, for each folder and each long link anew
(linux: fs/ext4/mballoc.c, with the mount option `discard`); so several threads wait at once.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count
from queue import Queue

CLEANERS = 4
MOST = 256  # places that wait; then who throws waits, too


class Trash:
    """Places to remove, and the threads that do; these begin with the first place."""

    def __init__(self, remove: Callable[[str], None]) -> None:
        self.remove = remove
        self.places: Queue[str | None] = Queue(MOST)
        self.threads: list[threading.Thread] = []
        self.numbers = count()
        self.lock = threading.Lock()

    def throw(self, place: str, folder: str) -> None:
        """Have a place removed soon; at once it is in `folder`, of the same file system."""
        target = f"{folder}/{next(self.numbers)}"
        try:
            os.rename(place, target)
        except FileNotFoundError:
            return
        except OSError:  # a folder that may not be moved
            self.remove(place)
            return
        with self.lock:
            if len(self.threads) < CLEANERS:
                self.threads.append(threading.Thread(target=self._clean, daemon=True))
                self.threads[-1].start()
        self.places.put(target)

    def empty(self) -> None:
        """Return when all is gone."""
        for _ in self.threads:
            self.places.put(None)
        for thread in self.threads:
            thread.join()
        self.threads.clear()

    def _clean(self) -> None:
        while (place := self.places.get()) is not None:
            with suppress(OSError):  # it is in nobody's way, and the next job tries again
                self.remove(place)
