"""The workers' file systems, each made once and kept for all programs of its worker.

Making one takes some thirty system calls, and the kernel waits for all processors when it goes; to
go into one that is there takes one call.
"""

from __future__ import annotations

import os
import signal
from typing import Any

from bcdslc.local.namespace import Kept, enter, keep

MOST = 64  # of files that this process holds open


class Rooms:
    """What was made so far, the least used first."""

    def __init__(self) -> None:
        self.kept: dict[object, Kept] = {}

    def room(self, view: dict[str, Any]) -> Kept:
        """Return what a view of files looks like; made if it is new.

        Raises:
            OSError: The kernel does not allow it.
        """
        key = _key(view)
        found = self.kept.pop(key, None) or _made(view)
        self.kept[key] = found
        if len(self.kept) > MOST:
            self.kept.pop(next(iter(self.kept))).close()
        return found


def _key(view: dict[str, Any]) -> object:
    """Return what tells rooms apart: a folder that was made anew has another one."""
    states = [os.stat(view[name]) for name in ("pfs", "tmp")]
    return (
        *(view[name] for name in ("pfs", "tmp", "root")),
        *view["shown"],
        *((state.st_dev, state.st_ino) for state in states),
    )


def _made(view: dict[str, Any]) -> Kept:
    """Have a child make its own file system, and keep that."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            enter(**view)
            os.write(writing, b"!")
            signal.pause()
        except OSError as error:
            os.write(writing, f"{error.errno or 0} {error.strerror}".encode())
        finally:
            os._exit(1)
    os.close(writing)
    try:
        said = os.read(reading, 4096)
        if said == b"!":
            return keep(child)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    number, _, text = said.decode("utf-8", "replace").partition(" ")
    raise OSError(int(number or 0), text or "no file system was made")
