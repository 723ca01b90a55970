"""A `/pfs` by bubblewrap, where programs may make no namespaces themselves but `bwrap` may.

That is so where it is installed with root's rights, or where the system trusts it by name (AppArmor
on Ubuntu). It starts not each program but, once for each worker, a spawner that starts them: what
`bwrap` says of a program's end does not tell a signal from an exit code, a spawner does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from bcdslc.local.spawn import Spawn, View

SECONDS = 20.0  # that a trial may take


def found() -> str | None:
    """Return the program, if it is on the search path."""
    return shutil.which("bwrap")


def refusal(program: str) -> str | None:
    """Return why it does not work here, or None if it does. Tries it."""
    with tempfile.TemporaryDirectory() as folder:
        view = View(pfs=folder, tmp=folder, root=folder)
        command = [*wrapped(program, view), "sh", "-c", "test -w /pfs"]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
                timeout=SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return str(error)
    lines = done.stderr.strip().splitlines()
    return None if done.returncode == 0 else (lines or [f"exit status {done.returncode}"])[-1]


def wrapped(program: str, view: View) -> list[str]:
    """Return the command that shows a view to the command that is put behind it.

    No session and no process group of its own: who is killed is ours to say. Nothing ends it with
    the thread that started it, which may end early; it ends with its spawner.
    """
    words = [program, "--tmpfs", "/"]
    if os.getuid() == 0:
        words += ["--cap-add", "ALL"]  # root's programs are root, as a worker's are
    for name in sorted(os.listdir("/")):
        place = f"/{name}"
        if os.path.islink(place):
            words += ["--symlink", os.readlink(place), place]
        elif name not in ("pfs", "tmp"):
            words += ["--dev-bind", place, place]
    words += ["--bind", view.pfs, "/pfs", "--bind", view.tmp, "/tmp"]
    for place in view.shown:
        if place.startswith("/tmp/"):
            words += ["--dev-bind", place, place]
    return words


class Bubbles:
    """The spawners behind `bwrap`, one for each worker that has begun."""

    def __init__(self, program: str, living: Path) -> None:
        self.program, self.living = program, living
        self.spawns: dict[str, Spawn] = {}

    def spawn(self, view: View, streams: str) -> Spawn:
        """Return the spawner whose programs see a view; `streams` holds what they print."""
        found = self.spawns.get(view.pfs)
        if found is None:
            shown = (*view.shown, streams, *_ours())
            seen = View(pfs=view.pfs, tmp=view.tmp, root=view.root, shown=shown)
            found = self.spawns[view.pfs] = Spawn(self.living, wrapped(self.program, seen))
        return found

    def close(self, pfs: str) -> None:
        """End the spawner of a worker that is done."""
        spawn = self.spawns.pop(pfs, None)
        if spawn is not None:
            spawn.close()

    def close_all(self) -> None:
        """End all that are left."""
        for pfs in tuple(self.spawns):
            self.close(pfs)


def _ours() -> Sequence[str]:
    """Return the folders that the spawner itself is made of, those below /tmp."""
    return tuple(dict.fromkeys(_folders()))


def _folders() -> Iterator[str]:
    for place in (sys.prefix, sys.base_prefix, *sys.path):
        whole = os.path.abspath(place)
        if whole.startswith("/tmp/") and os.path.exists(whole):
            yield whole
