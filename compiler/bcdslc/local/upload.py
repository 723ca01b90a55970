"""What a program left in `/pfs/out`, as the files of its datum.

Links are followed as the worker does (pachyderm: src/internal/pfssync/sync.go, and what real
workers were seen to do): to an input of the datum, its stored content counts, also of empty and
lazy files; to anything outside `/pfs`, that file or folder; any other link is refused. Where the
real worker would restart the job without end, this one fails the datum: `NeverEnds`.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from bcdslc.datum.source import Entry
from bcdslc.local.blob import Blob, Blobs
from bcdslc.local.layout import Pfs, entry_files, open_folders
from bcdslc.local.output_name import refused
from bcdslc.local.road import Ground

_REFUSED = (
    "cannot upload file produced by the user code because its name cannot be represented in PFS: "
)


class NeverEndsError(Exception):
    """On a cluster the job would restart without end; the text is in its worker's log."""


class FailedError(Exception):
    """The datum fails; the text is its reason."""


def upload(pfs: Pfs, ground: Ground, entries: Sequence[Entry], blobs: Blobs) -> dict[str, Blob]:
    """Store what is in `/pfs/out` and return its files by absolute path.

    Raises:
        NeverEndsError: Something there cannot be uploaded.
        FailedError: The folder behind `/pfs/out` is gone, or something in it lies too deep.
    """
    for name in ("out", *{entry.source.name for entry in entries}):
        if not os.path.lexists(f"{pfs.real}/{name}"):
            raise FailedError(
                "error when redirecting symlinks in the active data directory: "
                f"lstat {pfs.inside}/{name}: no such file or directory"
            )
    try:
        return _Upload(pfs, ground, entries, blobs).run()
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        raise FailedError("a path below /pfs/out is too long to be read") from error


def _opened(place: Path) -> IO[bytes]:
    """Open a file of the program's, also one that it made unreadable: a worker is root."""
    try:
        return place.open("rb")
    except PermissionError:
        place.chmod(0o600)
        return place.open("rb")


class _Upload:
    def __init__(self, pfs: Pfs, ground: Ground, entries: Sequence[Entry], blobs: Blobs) -> None:
        self.pfs, self.ground, self.entries, self.blobs = pfs, ground, entries, blobs
        self.files: dict[str, Blob] = {}

    def run(self) -> dict[str, Blob]:
        if os.geteuid() != 0:  # a worker is root, whatever modes the program set
            open_folders(self.pfs.real / "out")
        todo = [(self.pfs.real / "out", "")]
        while todo:
            folder, prefix = todo.pop()
            for entry in sorted(os.scandir(folder), key=lambda each: each.name):
                path = f"{prefix}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    todo.append((Path(entry.path), path))
                elif entry.is_symlink():
                    self._follow(Path(entry.path), path)
                else:
                    self._add(Path(entry.path), path)
        return self.files

    def _add(self, place: Path, path: str) -> None:
        """Store a file, or what an odd thing counts as."""
        mode = place.lstat().st_mode
        if stat.S_ISFIFO(mode):
            return
        if stat.S_ISSOCK(mode):
            raise NeverEndsError("archive/tar: sockets not supported")
        self._name(path)
        if not stat.S_ISREG(mode):  # a device is uploaded as an empty file
            self.files[path] = self.blobs.put_bytes(b"")
            return
        try:
            with _opened(place) as file:
                self.files[path] = self.blobs.put(file)
        except PermissionError as error:
            raise NeverEndsError(f"open {path}: permission denied") from error

    def _name(self, path: str) -> None:
        wrong = refused(path.lstrip("/"))
        if wrong:
            raise NeverEndsError(_REFUSED + wrong)

    def _follow(self, link: Path, path: str) -> None:
        target = os.readlink(link)
        if not os.path.isabs(target):
            folder = f"{self.pfs.at}/{link.parent.relative_to(self.pfs.root)}"
            target = os.path.join(folder, target)
        target = os.path.normpath(target)
        if target == self.pfs.at:
            raise NeverEndsError("panic: runtime error: index out of range [2] with length 2")
        if target.startswith(self.pfs.at + "/"):
            self._from_input(self._real(target), path)
        else:
            self._from_outside(target, path)

    def _real(self, target: str) -> str:
        """Return a path below /pfs without the links that stand directly in /pfs."""
        name, _, rest = target[len(self.pfs.at) + 1 :].partition("/")
        if name == ".scratch":
            return target
        return f"{self.pfs.inside}/{name}" + (f"/{rest}" if rest else "")

    def _from_input(self, target: str, path: str) -> None:
        self._must_exist(target)
        name, _, rest = target[len(self.pfs.inside) + 1 :].partition("/")
        if name not in {entry.source.name for entry in self.entries}:
            raise NeverEndsError(f'could not find input "{name}"')
        self._name(path)
        wanted = f"/{rest}" if rest else ""
        for entry in self.entries:
            if entry.source.name == name:
                for file, blob in entry_files(entry):
                    if file == wanted or file.startswith(wanted + "/"):
                        self.files[path + file[len(wanted) :]] = blob

    def _must_exist(self, target: str) -> None:
        """Refuse a path below /pfs that leads nowhere, or round in a circle."""
        at = target
        for _ in range(40):
            if not at.startswith(self.pfs.at + "/"):
                return
            place = self.pfs.root / at[len(self.pfs.at) + 1 :]
            if not os.path.lexists(place):
                raise NeverEndsError(f"stat {target}: no such file or directory")
            if not place.is_symlink():
                return
            at = os.path.normpath(os.path.join(os.path.dirname(at), os.readlink(place)))
            if at.startswith(self.pfs.at + "/"):
                at = self._real(at)
        raise NeverEndsError(f"stat {target}: too many levels of symbolic links")

    def _from_outside(self, target: str, path: str) -> None:
        """Add what lies at an absolute path outside /pfs: a file, or all in a folder."""
        place = self._end_of(target)
        todo = [(place, path)]
        while todo:
            place, path = todo.pop()
            if place.is_dir():
                for entry in sorted(os.scandir(place), key=lambda each: each.name):
                    inner = Path(entry.path)
                    if entry.is_symlink():
                        inner = self._end_of(os.path.join(place, os.readlink(inner)))
                    todo.append((inner, f"{path}/{entry.name}"))
            else:
                self._add(place, path)

    def _end_of(self, target: str) -> Path:
        """Return where a chain of links ends; one back into /pfs leads nowhere by then."""
        start = target
        for _ in range(40):
            target = os.path.normpath(target)
            place = self.ground.here(target)
            if not place.is_symlink():
                if os.path.lexists(place):
                    return place
                break
            target = os.path.join(os.path.dirname(target), os.readlink(place))
            if target.startswith(self.pfs.at + "/"):
                break
        raise NeverEndsError(f"stat {start}: no such file or directory")
