"""Give processes their own `/pfs` and `/tmp`, on Linux, without root.

Called in a child between fork and exec: the child must have one thread, for user namespaces ask
that. It imports little, for a fork takes longer the more there is to copy. A root file system of
its own is put together from the host's top-level entries, so that `/pfs` can stand in it whether or
not the host has one. It is kept for later processes of the same worker, as a container would be;
nothing of it is left when it is kept by none.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

_NEWNS, _NEWUSER = 0x20000, 0x10000000  # linux: include/uapi/linux/sched.h
_BIND, _REC, _PRIVATE = 4096, 16384, 1 << 18  # linux: include/uapi/linux/mount.h
_DETACH = 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}  # libc has no function for it


def enter(pfs: str, tmp: str, root: str, shown: Sequence[str]) -> None:
    """Show `pfs` as /pfs and `tmp` as /tmp to this process.

    `root` is an empty directory of the caller's, the new root's mount point. `shown` are
    directories that stay visible even where they lie below /tmp.

    Raises:
        OSError: The kernel does not allow it, or this machine's processor is not known.
    """
    system = _System()
    user, group = os.getuid(), os.getgid()
    system.check(system.libc.unshare(_NEWNS | (_NEWUSER if user else 0)), "unshare")
    if user:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            with open(f"/proc/self/{name}", "w") as file:
                file.write(text)
    system.mount(None, "/", None, _REC | _PRIVATE)
    system.mount("tmpfs", root, "tmpfs", 0, "mode=755")
    for name in os.listdir("/"):
        if name not in ("pfs", "tmp"):
            _carry_over(system, "/" + name, f"{root}/{name}")
    for name, source in (("pfs", pfs), ("tmp", tmp)):
        os.mkdir(f"{root}/{name}")
        system.mount(source, f"{root}/{name}", None, _BIND | _REC)
    for place in shown:
        if place.startswith("/tmp/"):
            os.makedirs(root + place, exist_ok=True)
            system.mount(place, root + place, None, _BIND | _REC)
    system.pivot(root)


class Kept(NamedTuple):
    """Namespaces that a process has entered, held by open files: -1 where it is our own."""

    mounts: int
    users: int

    def join(self) -> None:
        """Go into them. Far cheaper than `enter`, and so is leaving them."""
        system = _System()
        if self.users >= 0:
            system.check(system.libc.setns(self.users, _NEWUSER), "setns")
        system.check(system.libc.setns(self.mounts, _NEWNS), "setns")

    def close(self) -> None:
        """Let go of them."""
        for file in (self.mounts, self.users):
            if file >= 0:
                os.close(file)


@contextmanager
def visited(kept: Kept) -> Iterator[None]:
    """Be in kept namespaces for a while. Only root finds back, from those without other users."""
    home = os.open("/proc/self/ns/mnt", os.O_RDONLY)
    root = os.open("/", os.O_RDONLY)  # that of the mounts is another one where root was changed
    try:
        kept.join()
        try:
            yield
        finally:
            Kept(home, -1).join()
            os.fchdir(root)
            os.chroot(".")
    finally:
        os.close(home)
        os.close(root)


def keep(process: int) -> Kept:
    """Return the namespaces of a child that has entered its own.

    Raises:
        OSError: The child is gone.
    """
    mounts = os.open(f"/proc/{process}/ns/mnt", os.O_RDONLY)
    users = os.open(f"/proc/{process}/ns/user", os.O_RDONLY) if os.getuid() else -1
    return Kept(mounts, users)


def refusal() -> str | None:
    """Return why `enter` does not work here, or None if it does. Tries it in a child."""
    here = os.uname()
    if here.sysname != "Linux":
        return f"{here.sysname} has no mount namespaces"
    if here.machine not in _PIVOT_ROOT:
        return f"the processor {here.machine} is not known"
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            system = _System()
            flags = _NEWNS | (_NEWUSER if os.getuid() else 0)
            system.check(system.libc.unshare(flags), "unshare")
            system.mount(None, "/", None, _REC | _PRIVATE)
        except OSError as error:
            os.write(writing, f"{error.strerror}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        reason = answer.read()
    os.waitpid(child, 0)
    return reason or None


def _carry_over(system: _System, source: str, target: str) -> None:
    if os.path.islink(source):
        os.symlink(os.readlink(source), target)
    elif os.path.isdir(source):
        os.mkdir(target)
        system.mount(source, target, None, _BIND | _REC)
    else:
        os.close(os.open(target, os.O_CREAT, 0o644))
        system.mount(source, target, None, _BIND)


class _System:
    """The calls that Python's library lacks; each raises OSError with what it was doing."""

    def __init__(self) -> None:
        self.libc = ctypes.CDLL(None, use_errno=True)

    def check(self, result: int, doing: str) -> None:
        if result:
            number = ctypes.get_errno()
            raise OSError(number, f"{doing}: {os.strerror(number)}")

    def mount(
        self, source: str | None, target: str, kind: str | None, flags: int, data: str | None = None
    ) -> None:
        texts = [None if text is None else os.fsencode(text) for text in (source, kind, data)]
        result = self.libc.mount(
            texts[0], os.fsencode(target), texts[1], ctypes.c_ulong(flags), texts[2]
        )
        self.check(result, f"mount {target}")

    def pivot(self, root: str) -> None:
        old = root + "/.old"
        os.mkdir(old)
        call = _PIVOT_ROOT[os.uname().machine]
        self.check(self.libc.syscall(call, os.fsencode(root), os.fsencode(old)), "pivot_root")
        os.chdir("/")
        self.check(self.libc.umount2(b"/.old", _DETACH), "umount")
        os.rmdir("/.old")
