"""Datum IDs and hashes.

pachyderm: src/server/worker/common/common.go. An ID is a hash of each entry's name, repo, branch
and path, in order; a hash adds the content of the entries and the pipeline's salt.
"""

from __future__ import annotations

from collections.abc import Iterable

from bcdslc.datum.source import Datum, Entry, id_part, length_part
from bcdslc.tree.blake import blake2b
from bcdslc.tree.digest import Digest

_LENGTHS = tuple(map(length_part, range(1024)))  # of a path, eight bytes


def raw_id(entries: Iterable[Entry]) -> bytes:
    """Return the 32 bytes of the ID of a datum with these entries. Paths are ASCII."""
    parts: list[str] = []
    for source, path, _, _ in entries:
        size = len(path)
        parts += (
            (source.head, path, _LENGTHS[size]) if size < 1024 else (source.head, id_part(path))
        )
    return blake2b("".join(parts).encode("latin-1"), digest_size=32).digest()


def datum_id(datum: Datum) -> str:
    """Return a datum's ID as Pachyderm shows it."""
    return raw_id(datum.entries).hex()


def bucket_name(key: str) -> str:
    """Return the name by which joins and groups order their keys."""
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def datum_hash(datum: Datum, salt: str) -> Digest | None:
    """Return the hash by which a datum is skipped or processed; None if content is not known.

    Entries with the `reference` flag do not count.
    """
    whole = blake2b(datum_id(datum).encode(), digest_size=32)
    servers = True
    for entry in datum.entries:
        if not entry.source.reference:
            content = entry.source.files.digest(entry.path)
            if content is None:
                return None
            whole.update(content.value)
            servers = servers and content.servers
    whole.update(salt.encode())
    return Digest(whole.digest(), servers)
