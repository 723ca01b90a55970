"""Hashes of file content as Pachyderm stores it.

pachyderm: src/internal/storage/fileset, src/internal/pachhash. A file's hash is the hash of the
hashes of its pieces; below 1,000,000 bytes there is one piece. Larger files are cut at places
that depend on the server, so their hash there is not known here.
"""

from __future__ import annotations

from typing import IO

from bcdsl.frozen import dataclass
from bcdslc.tree.blake import blake2b

ONE_PIECE = 1_000_000  # bytes; a file of this size or more may be cut
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Digest:
    """A hash of content: the server's own if `servers`, else one that serves only here."""

    value: bytes
    servers: bool


def digest_bytes(content: bytes) -> Digest:
    """Return the hash of a file with this content."""
    pieces = blake2b(content, digest_size=32).digest() if content else b""
    value = blake2b(pieces, digest_size=32).digest()
    return Digest(value, len(content) < ONE_PIECE)


def digest_file(file: IO[bytes]) -> Digest:
    """Return the hash of an open file, read in blocks."""
    piece = blake2b(digest_size=32)
    size = 0
    while block := file.read(_BLOCK):
        size += len(block)
        piece.update(block)
    value = blake2b(piece.digest() if size else b"", digest_size=32).digest()
    return Digest(value, size < ONE_PIECE)
