"""Content by its hash: each file once, whatever its paths.

A blob is named by the hash that Pachyderm gives a file of this content (`bcdslc.tree.digest`).
It is written beside its place and renamed into it, so that a name never stands for half a file.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import IO
from uuid import uuid4

from bcdsl.frozen import dataclass
from bcdslc.tree.digest import digest_bytes

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Blob:
    """A content: 64 hexadecimal digits, and its size in bytes."""

    name: str
    size: int


class Blobs:
    """The contents in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)

    def __contains__(self, name: str) -> bool:
        """Whether a content is here."""
        return os.path.exists(f"{self.root}/{name[:2]}/{name[2:]}")

    def path(self, name: str) -> Path:
        """Return where a blob lies."""
        return self.root / name[:2] / name[2:]

    def put_bytes(self, content: bytes) -> Blob:
        """Store a content given in memory."""
        blob = Blob(digest_bytes(content).value.hex(), len(content))
        if blob.name not in self:
            with self._new() as (file, temporary):
                file.write(content)
                file.close()
                self._keep(temporary, blob)
        return blob

    def put(self, source: IO[bytes]) -> Blob:
        """Store what an open file holds, in one reading.

        Raises:
            OSError: It cannot be read, or there is no room; nothing is left behind.
        """
        block = source.read(_BLOCK)
        if len(block) < _BLOCK:  # all of it, most likely: a file is written only if it is new
            rest = source.read(_BLOCK)
            if not rest:
                return self.put_bytes(block)
            block += rest
        piece, size = blake2b(digest_size=32), 0
        with self._new() as (file, temporary):
            while block:
                piece.update(block)
                size += len(block)
                file.write(block)
                block = source.read(_BLOCK)
            file.close()
            inner = piece.digest() if size else b""
            blob = Blob(blake2b(inner, digest_size=32).hexdigest(), size)
            if blob.name not in self:
                self._keep(temporary, blob)
        return blob

    def read(self, name: str) -> bytes:
        """Return a content."""
        return self.path(name).read_bytes()

    def copy_to(self, name: str, target: str | Path) -> None:
        """Write a content to a new file; the copy shares nothing with the store."""
        shutil.copyfile(f"{self.root}/{name[:2]}/{name[2:]}", target)

    def names(self) -> Iterator[str]:
        """Yield all blobs."""
        for folder in sorted(self.root.iterdir()):
            if len(folder.name) == 2:
                yield from (folder.name + file.name for file in sorted(folder.iterdir()))

    def remove(self, name: str) -> None:
        """Forget a content."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what an ended run left half-written."""
        for path in self.root.glob("new-*"):
            path.unlink(missing_ok=True)

    def _new(self) -> _Temporary:
        return _Temporary(self.root / f"new-{uuid4().hex}")

    def _keep(self, temporary: Path, blob: Blob) -> None:
        place = self.path(blob.name)
        place.parent.mkdir(exist_ok=True)
        temporary.replace(place)


class _Temporary:
    """A file to write that is gone at the end, unless it was renamed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.file: IO[bytes] | None = None

    def __enter__(self) -> tuple[IO[bytes], Path]:
        self.file = open(self.path, "xb")
        return self.file, self.path

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()
        if os.path.lexists(self.path):
            self.path.unlink()
