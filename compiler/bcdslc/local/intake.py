"""Data of this machine made into commits: read once, and again only what has changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bcdsl.frozen import dataclass
from bcdslc.local.blob import Blob
from bcdslc.local.filing import store_files
from bcdslc.local.record import Branch, Commit
from bcdslc.local.store import Store
from bcdslc.tree.contents import InMemory, OnDisk
from bcdslc.tree.file_tree import FileTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """A file that could not be read; `title` is its tree's."""

    title: str
    path: str
    reason: str


def take_in(
    store: Store, data: Mapping[Branch, FileTree], id: str
) -> tuple[list[Commit], list[Unreadable]]:
    """Make a commit of each tree that differs from the head of its branch.

    All have one id. Where a file cannot be read no commit is made at all.
    """
    seen = store.ledger.seen()
    fresh: list[tuple[str, str, str, int]] = []
    wrong: list[Unreadable] = []
    listed: list[tuple[Branch, str]] = []
    for branch, tree in data.items():
        files: dict[str, Blob] = {}
        for path in tree.entries:
            if not path.endswith("/"):
                try:
                    files[path] = _blob(store, tree, path, seen, fresh)
                except OSError as error:
                    reason = (error.strerror or str(error)).lower()
                    wrong.append(Unreadable(title=tree.title, path=path, reason=reason))
        listed.append((branch, store_files(store.blobs, files)))
    if wrong:
        return [], wrong
    if fresh:
        store.ledger.remember(fresh)
    commits = []
    for branch, name in listed:
        head = store.ledger.head(branch)
        if (head is None and data[branch].entries) or (head is not None and head.files != name):
            commits.append(store.ledger.add_commit(id, branch, name))
    return commits, []


def _blob(
    store: Store,
    tree: FileTree,
    path: str,
    seen: Mapping[str, tuple[str, str, int]],
    fresh: list[tuple[str, str, str, int]],
) -> Blob:
    match tree.contents:
        case OnDisk(root=root):
            return _blob_on_disk(store, Path(root + path), seen, fresh)
        case InMemory(bytes_of=contents):
            return store.blobs.put_bytes(contents[path])
        case _:
            raise OSError(0, "only names are known, not what files hold")


def _blob_on_disk(
    store: Store,
    place: Path,
    seen: Mapping[str, tuple[str, str, int]],
    fresh: list[tuple[str, str, str, int]],
) -> Blob:
    state = place.stat()
    stamp = f"{state.st_mtime_ns}:{state.st_ctime_ns}:{state.st_size}:{state.st_ino}"
    key = str(place.absolute())
    known = seen.get(key)
    if known and known[0] == stamp and store.blobs.path(known[1]).exists():
        return Blob(known[1], known[2])
    with place.open("rb") as file:
        blob = store.blobs.put(file)
    fresh.append((key, stamp, blob.name, blob.size))
    return blob
