"""The folders and files that one attempt at a datum sees under `/pfs`.

As on a cluster, `/pfs/<input>` and `/pfs/out` are links into
`/pfs/.scratch/<id>/<datum>/pfs/<datum>`, with files at their full path in the repo; everything is
a copy of the attempt's own.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from bcdsl.frozen import dataclass, field
from bcdslc.datum.source import Entry
from bcdslc.local.blob import Blob, Blobs
from bcdslc.local.filing import Files, StoredContents


@dataclass(frozen=True, slots=True, kw_only=True)
class Pfs:
    """One `/pfs`: its folder here, the program's path for it, and where its links lead."""

    root: Path
    at: str  # `/pfs`, or the folder itself where there are no namespaces
    real: Path  # …/.scratch/<id>/<datum>/pfs/<datum>
    pipes: list[_Pipe] = field(default_factory=list)

    @property
    def inside(self) -> str:
        """The path that the program knows `real` by."""
        return f"{self.at}/{self.real.relative_to(self.root)}"

    def clear(self) -> None:
        """Take the datum away; the folder stays for the next one."""
        for pipe in self.pipes:
            pipe.close()
        for place in self.root.iterdir():
            if place.name != ".scratch":
                _remove(place)
        _remove(self.real.parent.parent)


def lay_out(
    root: Path, at: str, scratch: str, datum: str, entries: Sequence[Entry], blobs: Blobs
) -> Pfs:
    """Make `/pfs` for a datum in a folder that is new, or cleared of the datum before."""
    real = root / ".scratch" / scratch / datum / "pfs" / datum
    (real / "out").mkdir(parents=True)
    pfs = Pfs(root=root, at=at, real=real)
    link(pfs, "out")
    for entry in entries:
        _place(pfs, entry, blobs)
    return pfs


def link(pfs: Pfs, name: str) -> None:
    """Show one of the real folders at its short path."""
    place = pfs.root / name
    if not place.is_symlink():
        place.symlink_to(f"{pfs.inside}/{name}")


def write_env(pfs: Pfs, text: str) -> None:
    """Write `/pfs/.env`."""
    (pfs.real / ".env").write_text(text, encoding="utf-8", errors="surrogateescape")
    link(pfs, ".env")


def entry_files(entry: Entry) -> Iterator[tuple[str, Blob]]:
    """Yield the files that an entry brings: itself, or all below a folder."""
    files = stored(entry)
    if not entry.path.endswith("/"):
        yield entry.path, files[entry.path]
        return
    tree = entry.source.files
    for at in tree.starting_with(entry.path):
        path = tree.entries[at]
        if not path.endswith("/"):
            yield path, files[path]


def stored(entry: Entry) -> Files:
    """Return all files of the commit that an entry comes from."""
    contents = entry.source.files.contents
    assert isinstance(contents, StoredContents)  # the runner makes no other trees
    return contents.files


def give(pfs: Pfs, user: tuple[int, int]) -> None:
    """Make everything the property of the user that the program runs as."""
    os.chown(pfs.root, *user)
    for folder, names, files in os.walk(pfs.real):
        for path in (folder, *(os.path.join(folder, name) for name in (*names, *files))):
            os.chown(path, *user, follow_symlinks=False)


def empty(folder: Path) -> None:
    """Remove all that is in a folder, also what a run that was killed left there."""
    for place in folder.iterdir():
        _remove(place)


def _remove(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        place.unlink(missing_ok=True)
        return
    for _ in range(3):  # a program that outlived its group may still write here
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
        open_folders(place)
    place.rename(place.with_name(f"{place.name}.left-{uuid4().hex}"))


def open_folders(place: Path) -> None:
    """Give ourselves back what a program's `chmod` took from us, as root would not care."""
    for folder, names, _ in os.walk(place):
        for name in (".", *names):
            path = os.path.join(folder, name)
            if not os.path.islink(path):
                with suppress(OSError):
                    os.chmod(path, os.stat(path).st_mode | 0o700)


def _place(pfs: Pfs, entry: Entry, blobs: Blobs) -> None:
    name = entry.source.name
    base = pfs.real / name
    base.mkdir(mode=0o700, exist_ok=True)
    link(pfs, name)
    leaf = entry.source.leaf
    for path, blob in entry_files(entry):
        target = base / path[1:]
        _folders(base, path, 0o700 if leaf.lazy or leaf.empty_files else 0o755)
        if os.path.lexists(target):  # two entries of a group can bring one file
            continue
        if leaf.lazy:
            pfs.pipes.append(_Pipe(target, blobs.path(blob.name)))
        elif leaf.empty_files:
            target.touch(mode=0o644)
        else:
            blobs.copy_to(blob.name, target)
            target.chmod(0o644)


def _folders(base: Path, path: str, mode: int) -> None:
    for name in path[1:].split("/")[:-1]:
        base = base / name
        base.mkdir(mode=mode, exist_ok=True)


class _Pipe:
    """A file that is fetched when it is opened, once, from start to end."""

    def __init__(self, target: Path, source: Path) -> None:
        os.mkfifo(target, 0o644)
        self.target, self.source = target, source
        self.handle = os.open(target, getattr(os, "O_PATH", os.O_RDONLY | os.O_NONBLOCK))
        self.thread = threading.Thread(target=self._feed, daemon=True)
        self.thread.start()

    def _feed(self) -> None:
        with suppress(OSError), self.target.open("wb") as pipe, self.source.open("rb") as file:
            shutil.copyfileobj(file, pipe)

    def close(self) -> None:
        """Wake the thread if nobody ever opened the pipe."""
        place = f"/proc/self/fd/{self.handle}" if hasattr(os, "O_PATH") else self.target
        with suppress(OSError):  # by its handle: the program may have removed the name
            os.close(os.open(place, os.O_RDONLY | os.O_NONBLOCK))
        self.thread.join(timeout=1)
        os.close(self.handle)
