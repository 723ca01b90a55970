"""What of a folder has to be sent for a branch to hold it."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.frozen import dataclass
from bcdslc.cluster.repo_files import StoredFile
from bcdslc.tree.file_tree import FileTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One commit: files that are new, that replace others, and that go; `clashes` prevents it."""

    new: tuple[str, ...]
    replaced: tuple[str, ...]
    gone: tuple[str, ...]
    same: int
    extra: tuple[str, ...]  # stored, not in the folder, and left alone
    clashes: tuple[str, ...]  # a file stands where the folder has a folder, or the other way

    @property
    def empty(self) -> bool:
        """Nothing has to be sent."""
        return not (self.new or self.replaced or self.gone)

    @property
    def sent(self) -> tuple[str, ...]:
        """The files that are sent."""
        return (*self.new, *self.replaced)


def decide_upload(
    tree: FileTree,
    stored: Mapping[str, StoredFile],
    remembered: Mapping[bytes, bytes],
    *,
    delete_extra: bool,
) -> Upload:
    """Return what has to be sent.

    `remembered` maps the server's hash of a large file that was sent from here to our own hash
    of it: where the server cuts such files is not known, so its hash cannot be computed.
    """
    files = [entry for entry in tree.entries if not entry.endswith("/")]
    folders = {entry[:-1] for entry in tree.entries if entry.endswith("/")}
    known = set(files)
    new = [path for path in files if path not in stored]
    both = [path for path in files if path in stored]
    replaced = [path for path in both if not _same(tree, path, stored[path], remembered)]
    others = sorted(path for path in stored if path not in known)
    clashes = [] if delete_extra else [p for p in others if p in folders or _inside(p, known)]
    return Upload(
        new=tuple(new),
        replaced=tuple(replaced),
        gone=tuple(others) if delete_extra else (),
        same=len(both) - len(replaced),
        extra=() if delete_extra else tuple(others),
        clashes=tuple(clashes),
    )


def _same(tree: FileTree, path: str, stored: StoredFile, remembered: Mapping[bytes, bytes]) -> bool:
    if tree.size(path) != stored.size:
        return False
    digest = tree.digest(path)
    if digest is None:
        return False
    if digest.servers:
        return digest.value == stored.hash
    return remembered.get(stored.hash) == digest.value


def _inside(path: str, files: set[str]) -> bool:
    """Tell whether one of the folders around a path is a file of the tree."""
    parts = path.split("/")
    return any("/".join(parts[:end]) in files for end in range(2, len(parts)))
