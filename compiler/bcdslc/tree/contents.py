"""Where the sizes and hashes of a tree's files come from; asked only when they are wanted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Protocol

from bcdsl.frozen import dataclass, field
from bcdslc.tree.digest import Digest, digest_bytes, digest_file


class Contents(Protocol):
    """Knows what files hold; None is the answer where it does not."""

    def size(self, path: str) -> int | None:
        """Return the size of the file at an absolute path of the tree."""

    def digest(self, path: str) -> Digest | None:
        """Return the hash of the file at an absolute path of the tree."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """Only the names are known, and maybe some sizes."""

    sizes: Mapping[str, int] = field(default_factory=dict)

    def size(self, path: str) -> int | None:
        """Return the size that a listing gave."""
        return self.sizes.get(path)

    def digest(self, path: str) -> None:
        """Return None: a listing does not show what files hold."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """Contents that were given with the paths."""

    bytes_of: Mapping[str, bytes]

    def size(self, path: str) -> int:
        """Return the number of bytes."""
        return len(self.bytes_of[path])

    def digest(self, path: str) -> Digest:
        """Return the hash."""
        return digest_bytes(self.bytes_of[path])


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Files below a folder. A link counts as the file that it leads to."""

    root: str

    def size(self, path: str) -> int | None:
        """Return the size of a file, None if it cannot be looked at."""
        try:
            return os.stat(self.root + path).st_size
        except OSError:
            return None

    def digest(self, path: str) -> Digest | None:
        """Return the hash of a file, None if it cannot be read."""
        try:
            with open(self.root + path, "rb") as file:
                return digest_file(file)
        except OSError:
            return None
