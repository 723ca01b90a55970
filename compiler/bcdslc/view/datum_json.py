"""One datum as a JSON object. Its text is put together here: there may be millions of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring_ascii as quoted

from bcdsl.frozen import dataclass
from bcdslc.datum.identity import datum_hash
from bcdslc.datum.naming import Naming
from bcdslc.datum.source import Datum, Entry, Source
from bcdslc.tree.digest import Digest
from bcdslc.view.datums_text import values_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What of the datums is written: how many, and with `hashes` what reading content gives."""

    limit: int | None = None
    hashes: bool = False
    salt: str = ""
    datums: bool = True


class DatumWriter:
    """Writes the datums of one stage."""

    def __init__(self, naming: Naming, wanted: Wanted) -> None:
        self._naming = naming
        self._wanted = wanted
        self._heads: dict[Source, str] = {}

    def text(self, name: bytes, datum: Datum) -> str:
        """Return a datum, given the bytes of its ID, as one JSON object."""
        parts = [f'{{"id": "{name.hex()}"']
        values = values_of(datum, self._naming)
        if values:
            parts.append(f'"names": {_names(values)}')
        if self._wanted.hashes:
            parts.append(f'"hash": {_hash(datum_hash(datum, self._wanted.salt))}')
        files = ", ".join([self._file(entry) for entry in datum.entries])
        parts.append(f'"files": [{files}]}}')
        return ", ".join(parts)

    def _file(self, entry: Entry) -> str:
        source = entry.source
        head = self._heads.get(source)
        if head is None:
            place = {"input": source.name, "repo": source.repo}
            head = self._heads[source] = json.dumps(place)[:-1] + ', "path": '
        if not self._wanted.hashes:
            return f"{head}{quoted(entry.path)}}}"
        digest = _hash(source.files.digest(entry.path))
        size = json.dumps(source.files.size(entry.path))
        return f'{head}{quoted(entry.path)}, "hash": {digest}, "size": {size}}}'


def _names(values: Mapping[str, tuple[str, ...]]) -> str:
    texts = [
        f"{quoted(name)}: {quoted(found[0]) if len(found) == 1 else json.dumps(found)}"
        for name, found in values.items()
    ]
    return "{" + ", ".join(texts) + "}"


def _hash(digest: Digest | None) -> str:
    return f'"{digest.value.hex()}"' if digest is not None and digest.servers else "null"
