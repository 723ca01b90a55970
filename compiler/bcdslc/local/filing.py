"""Which files a commit or a datum's output holds: paths and their blobs, stored as a blob too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.local.blob import Blob, Blobs
from bcdslc.tree.digest import ONE_PIECE, Digest
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.implied import with_folders

Files: TypeAlias = Mapping[str, Blob]  # absolute paths


def store_files(blobs: Blobs, files: Files) -> str:
    """Store a list of files and return its blob's name; equal lists have one name."""
    lines = [f"{blob.name} {blob.size} {path}\n" for path, blob in sorted(files.items())]
    return blobs.put_bytes("".join(lines).encode("utf-8", "surrogateescape")).name


def stored_files(blobs: Blobs, name: str) -> dict[str, Blob]:
    """Return a list of files."""
    files = {}
    text = blobs.read(name).decode("utf-8", "surrogateescape")
    for line in text.split("\n")[:-1]:
        blob, size, path = line.split(" ", 2)
        files[path] = Blob(blob, int(size))
    return files


@dataclass(frozen=True, slots=True)
class StoredContents:
    """Sizes and hashes of stored files, known without reading them."""

    files: Files

    def size(self, path: str) -> int:
        """Return the size of a file in bytes."""
        return self.files[path].size

    def digest(self, path: str) -> Digest:
        """Return the hash of a file."""
        blob = self.files[path]
        return Digest(bytes.fromhex(blob.name), blob.size < ONE_PIECE)


def tree_of_files(files: Files, title: str) -> FileTree:
    """Return the tree that inputs match their globs against."""
    return FileTree(
        entries=with_folders(sorted(files)), contents=StoredContents(files), title=title
    )
