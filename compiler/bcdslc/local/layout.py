"""The folders and files that one attempt at a datum sees under `/pfs`.

As on a cluster, `/pfs/<input>` and `/pfs/out` are links into
`/pfs/.scratch/<id>/<datum>/pfs/<datum>`, with files at their full path in the repo; everything is
a copy of the attempt's own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from bcdsl.frozen import dataclass
from bcdslc.datum.source import Entry
from bcdslc.local.blob import Blob, Blobs
from bcdslc.local.filing import Files, StoredContents
from bcdslc.local.lazy import LazyFiles

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW
_DEEPEST = 64  # levels that are removed without moving anything
_LEFT = ".left-"  # in the name of what could not be removed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pfs:
    """One `/pfs`: its folder here, the program's path for it, and where its links lead."""

    root: Path
    at: str  # `/pfs`, or the folder itself where there are no namespaces
    real: Path  # …/.scratch/<id>/<datum>/pfs/<datum>
    lazy: LazyFiles | None = None

    @property
    def inside(self) -> str:
        """The path that the program knows `real` by."""
        return f"{self.at}{str(self.real)[len(str(self.root)) :]}"

    def clear(self, throw: Callable[[str], None] | None = None) -> None:
        """Take the datum away, by `throw` if it is given; the folder stays for the next one."""
        throw = throw or remove
        if self.lazy is not None:
            self.lazy.close()
        root, real = str(self.root), str(self.real)
        for name in os.listdir(root):
            if name != ".scratch":
                throw(f"{root}/{name}")
        for name in os.listdir(real):
            throw(f"{real}/{name}")
        inner, outer = os.path.dirname(real), os.path.dirname(os.path.dirname(real))
        datum = os.path.basename(real)
        if (os.listdir(real), os.listdir(inner), os.listdir(outer)) != ([], [datum], ["pfs"]):
            throw(outer)  # the program left something between


def lay_out(
    root: Path, at: str, scratch: str, datum: str, entries: Sequence[Entry], blobs: Blobs
) -> Pfs:
    """Make `/pfs` for a datum in a folder that is new, or cleared of the datum before."""
    real = _skeleton(f"{root}/.scratch/{scratch}", datum)
    os.mkdir(f"{real}/out")
    lazy = LazyFiles() if any(entry.source.leaf.lazy for entry in entries) else None
    pfs = Pfs(root=root, at=at, real=Path(real), lazy=lazy)
    link(pfs, "out")
    for entry in entries:
        _place(pfs, real, entry, blobs)
    if lazy is not None:
        lazy.serve()
    return pfs


def _skeleton(base: str, datum: str) -> str:
    """Return the folder behind the links: that of the datum before by a new name, if it is there.

    To rename costs far less than to remove and make anew.
    """
    real = f"{base}/{datum}/pfs/{datum}"
    with suppress(OSError):
        for old in os.listdir(base):
            if _LEFT not in old:
                os.rename(f"{base}/{old}/pfs/{old}", f"{base}/{old}/pfs/{datum}")
                os.rename(f"{base}/{old}", f"{base}/{datum}")
                return real
    os.makedirs(real)
    return real


def link(pfs: Pfs, name: str) -> None:
    """Show one of the real folders at its short path."""
    with suppress(FileExistsError):
        os.symlink(f"{pfs.inside}/{name}", f"{pfs.root}/{name}")


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


def remove(place: str) -> None:
    """Remove a file or a folder if it is there, whatever a program made of its modes.

    Links are not followed. Where it cannot be removed it gets another name.
    """
    try:
        if not os.path.isdir(place) or os.path.islink(place):
            os.unlink(place)
            return
        handle = os.open(place, _FOLDER)
        try:
            while _clear(handle, handle, _DEEPEST):
                pass
        finally:
            os.close(handle)
        os.rmdir(place)
    except OSError:
        _remove_stubborn(Path(place))


def _clear(folder: int, top: int, levels: int) -> bool:
    """Remove all in an open folder: no other folder can take its place meanwhile.

    What lies more levels down is moved to the top, where neither calls nor open files run out;
    the answer is whether there was any.
    """
    moved = False
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        if not entry.is_dir(follow_symlinks=False):
            os.unlink(entry.name, dir_fd=folder)
        elif not levels:
            os.rename(entry.name, uuid4().hex, src_dir_fd=folder, dst_dir_fd=top)
            moved = True
        else:
            handle = os.open(entry.name, _FOLDER, dir_fd=folder)
            try:
                moved = _clear(handle, top, levels - 1) or moved
            finally:
                os.close(handle)
            os.rmdir(entry.name, dir_fd=folder)
    return moved


def _remove_stubborn(place: Path) -> None:
    if place.is_symlink() or not place.is_dir():
        place.unlink(missing_ok=True)
        return
    for _ in range(3):  # a program that outlived its group may still write here
        with suppress(RecursionError):
            shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            return
        open_folders(place)
    place.rename(place.with_name(f"{place.name}{_LEFT}{uuid4().hex}"))


def open_folders(place: Path) -> None:
    """Give ourselves back what a program's `chmod` took from us, as root would not care."""
    todo = [str(place)]
    while todo:
        folder = todo.pop()
        with suppress(OSError):
            os.chmod(folder, os.stat(folder).st_mode | 0o700)
            with os.scandir(folder) as entries:
                todo += [each.path for each in entries if each.is_dir(follow_symlinks=False)]


def _place(pfs: Pfs, real: str, entry: Entry, blobs: Blobs) -> None:
    name, leaf = entry.source.name, entry.source.leaf
    base = f"{real}/{name}"
    if not os.path.isdir(base):
        os.mkdir(base, 0o700)
        link(pfs, name)
    mode = 0o700 if leaf.lazy or leaf.empty_files else 0o755
    for path, blob in entry_files(entry):
        target = base + path
        if path.count("/") > 1:
            _folders(base, path, mode)
        if os.path.lexists(target):  # two entries of a group can bring one file
            continue
        if pfs.lazy is not None and leaf.lazy:
            pfs.lazy.add(target, str(blobs.path(blob.name)))
            continue
        if leaf.empty_files:
            os.close(os.open(target, os.O_CREAT, 0o644))
        else:
            blobs.copy_to(blob.name, target)
        os.chmod(target, 0o644)


def _folders(base: str, path: str, mode: int) -> None:
    if not os.path.isdir(os.path.dirname(base + path)):
        for name in path[1:].split("/")[:-1]:
            base = f"{base}/{name}"
            with suppress(FileExistsError):
                os.mkdir(base, mode)
