"""Which files of some folders a program opens, as the kernel tells it. Linux only."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator

_OPEN = 0x20  # linux: include/uapi/linux/inotify.h
_EVENT = struct.Struct("iIII")  # watch, what happened, cookie, length of the name


class Opened:
    """Watches folders. `file` is readable when something was opened.

    Raises:
        OSError: This system cannot tell.
    """

    def __init__(self) -> None:
        self._libc = ctypes.CDLL(None, use_errno=True)
        if not hasattr(self._libc, "inotify_init1"):
            raise OSError("no inotify")
        self.file = self._checked(self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
        self._folders: dict[int, str] = {}

    def watch(self, folder: str) -> None:
        """Tell of a folder's files from now on."""
        number = self._libc.inotify_add_watch(self.file, os.fsencode(folder), _OPEN)
        self._folders[self._checked(number)] = folder

    def paths(self) -> Iterator[str]:
        """Yield what was opened since the last call."""
        try:
            data = os.read(self.file, 1 << 16)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            watch, _, _, length = _EVENT.unpack_from(data, at)
            at += _EVENT.size
            name = data[at : at + length].rstrip(b"\0")
            at += length
            if name and watch in self._folders:
                yield f"{self._folders[watch]}/{os.fsdecode(name)}"

    def close(self) -> None:
        """Stop watching."""
        os.close(self.file)

    def _checked(self, result: int) -> int:
        if result < 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number))
        return result
