"""The files of one commit, and the folders that their paths imply.

Entries stand in ascending byte order with a folder's trailing slash counted, the order in which
Pachyderm lists them; there are no empty folders, and a commit without files has not even a root.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass, field
from bcdslc.tree.blake import blake2b
from bcdslc.tree.contents import Contents, Unknown
from bcdslc.tree.digest import Digest


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FileTree:
    """What one commit holds: files (`/a/b`) and folders (`/a/`, the root `/`), in order."""

    entries: Sequence[str] = ()
    contents: Contents = field(default_factory=Unknown)
    title: str = ""  # where it came from, as its giver wrote it
    problems: tuple[Diagnostic, ...] = ()
    _digests: dict[str, Digest | None] = field(default_factory=dict, init=False, repr=False)

    def starting_with(self, prefix: str) -> range:
        """Return the positions of the entries that start with a text."""
        if not prefix:
            return range(len(self.entries))
        end = prefix[:-1] + chr(ord(prefix[-1]) + 1)
        return range(bisect_left(self.entries, prefix), bisect_left(self.entries, end))

    def size(self, entry: str) -> int | None:
        """Return the size of a file or of all files in a folder; None if one is not known."""
        if not entry.endswith("/"):
            return self.contents.size(entry)
        total = 0
        for at in self.starting_with(entry):
            if not self.entries[at].endswith("/"):
                size = self.contents.size(self.entries[at])
                if size is None:
                    return None
                total += size
        return total

    def digest(self, entry: str) -> Digest | None:
        """Return the hash of a file or a folder; None if some content is not known.

        A folder's hash is that of the hashes of its direct children in listing order: names do
        not enter (pachyderm: src/server/pfs/server/source.go).
        """
        if entry not in self._digests:
            if entry.endswith("/"):
                self._digest_folder(entry)
            else:
                self._digests[entry] = self.contents.digest(entry)
        return self._digests[entry]

    def _digest_folder(self, folder: str) -> None:
        """Hash a folder and all folders in it, in one walk over its entries."""
        open_folders: list[_OpenFolder] = []
        for at in self.starting_with(folder):
            entry = self.entries[at]
            while open_folders and not entry.startswith(open_folders[-1].path):
                self._close(open_folders)
            if entry.endswith("/"):
                open_folders.append(_OpenFolder(entry))
            else:
                open_folders[-1].add(self.digest(entry))
        while open_folders:
            self._close(open_folders)

    def _close(self, open_folders: list[_OpenFolder]) -> None:
        done = open_folders.pop()
        self._digests[done.path] = digest = done.digest()
        if open_folders:
            open_folders[-1].add(digest)


class _OpenFolder:
    """A folder whose children are being hashed."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.known = True
        self.servers = True
        self.hash = blake2b(digest_size=32)

    def add(self, child: Digest | None) -> None:
        if child is None:
            self.known = False
        else:
            self.hash.update(child.value)
            self.servers = self.servers and child.servers

    def digest(self) -> Digest | None:
        return Digest(self.hash.digest(), self.servers) if self.known else None
