"""Files that are fetched when a program opens them: named pipes, all fed by one thread.

A pipe that a program has not opened yet is held open by us, so that its opening does not wait; the
kernel tells of it (`bcdslc.local.opened`), and only then the content is opened and written, once,
from start to end. A second reading therefore waits for ever, as on a cluster. Where the
kernel does not tell, or so many files cannot be held open, pipes are tried from time to time: one
can be opened for writing only while somebody reads.
"""

from __future__ import annotations

import errno
import os
import resource
import selectors
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

from bcdslc.local.opened import Opened

_BLOCK = 1 << 16  # what a pipe holds
_SPARE = 64  # files that all else in this process may need
_REST = 20  # trying takes one part of so many of the thread's time
_SOONEST = 0.005  # seconds between two tries


@dataclass
class _Fed:
    """A pipe that is read: its own file, the content's, and what was read of that."""

    pipe: int
    source: int
    held: bytes = b""


class LazyFiles:
    """The lazy files of one datum."""

    def __init__(self) -> None:
        self.sources: dict[str, str] = {}  # of pipes that were not opened yet
        self.held: dict[str, int] = {}
        self.targets: dict[int, str] = {}  # by inode: a program may give a pipe another name
        self.selector = selectors.DefaultSelector()
        self.wake, self.woken = os.pipe()
        self.opened: Opened | None = None
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def add(self, target: str, source: str) -> None:
        """Make a pipe that holds what is in a file."""
        os.mkfifo(target, 0o644)
        self.sources[target] = source

    def serve(self) -> None:
        """Begin to feed the pipes that were added."""
        self.selector.register(self.wake, selectors.EVENT_READ)
        with suppress(OSError):
            self._hold()
        self.thread.start()

    def close(self) -> None:
        """End the thread, and let go of everything."""
        os.close(self.woken)
        if self.thread.ident is not None:
            self.thread.join()
        for key in tuple(self.selector.get_map().values()):
            if isinstance(key.data, _Fed):
                self._done(key.data)
        for pipe in self.held.values():
            os.close(pipe)
        if self.opened is not None:
            self.opened.close()
        self.selector.close()
        os.close(self.wake)

    def _hold(self) -> None:
        """Hold all pipes open, as far as this system goes, and be told of others' openings."""
        opened = Opened()
        _room(len(self.sources))
        try:
            for target in self.sources:
                self.held[target] = os.open(target, os.O_RDWR | os.O_NONBLOCK)
        except OSError as error:
            if error.errno != errno.EMFILE:
                raise
            for target in tuple(self.held)[-_SPARE:]:  # what is fed needs files, too
                os.close(self.held.pop(target))
        self.targets = {os.fstat(pipe).st_ino: target for target, pipe in self.held.items()}
        for folder in {os.path.dirname(target) for target in self.held}:
            opened.watch(folder)
        self.opened = opened
        self.selector.register(opened.file, selectors.EVENT_READ)

    def _serve(self) -> None:
        pause: float | None = 0.0
        while True:
            for key, _ in self.selector.select(pause):
                if key.fd == self.wake:
                    return
                if isinstance(key.data, _Fed):
                    self._feed(key.data)
                elif self.opened is not None:
                    for path in self.opened.paths():
                        self._begin(self._target(path))
            pause = self._try_all()

    def _try_all(self) -> float | None:
        """Begin with each pipe that is not held and is read; return when to try again."""
        loose = self.sources.keys() - self.held.keys()
        if not loose:
            return None
        started = time.monotonic()
        for path in loose:
            self._begin(path)
        return max(_SOONEST, _REST * (time.monotonic() - started))

    def _target(self, path: str) -> str:
        """Return the pipe that now has this path."""
        if path not in self.sources:
            with suppress(OSError):
                return self.targets.get(os.lstat(path).st_ino, path)
        return path

    def _begin(self, path: str) -> None:
        """Feed a pipe if it is one of ours that is read, and was not fed before."""
        if path not in self.sources:
            return
        held = self.held.pop(path, None)
        try:
            place = path if held is None else f"/proc/self/fd/{held}"  # its name may be gone
            pipe = os.open(place, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads
            if held is not None:
                del self.sources[path]
                os.close(held)
            return
        if held is not None:
            os.close(held)
        source = os.open(self.sources.pop(path), os.O_RDONLY)
        self.selector.register(pipe, selectors.EVENT_WRITE, _Fed(pipe, source))

    def _feed(self, fed: _Fed) -> None:
        """Write what the pipe takes; at the end, or when nobody reads any more, be done."""
        try:
            fed.held = fed.held or os.read(fed.source, _BLOCK)
            if fed.held:
                fed.held = fed.held[os.write(fed.pipe, fed.held) :]
                return
        except BlockingIOError:
            return
        except OSError:
            pass  # the reader left early
        self._done(fed)

    def _done(self, fed: _Fed) -> None:
        self.selector.unregister(fed.pipe)
        os.close(fed.pipe)
        os.close(fed.source)


def _room(files: int) -> None:
    """Let this process hold so many files more, as far as it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = files + 1024
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
