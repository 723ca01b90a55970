"""Which files a run looks at: those named, and in folders those that may hold specs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from bcdsl.frozen import dataclass

_ENDINGS = (".json", ".yaml", ".yml")
DOCUMENTS = (".bc.yaml", ".bc.yml")
_CLOSED = {"node_modules", "__pycache__", "venv"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Files in order. `named` ones were asked for; others were met in a folder."""

    files: tuple[str, ...]
    named: frozenset[str]
    templates: tuple[str, ...]
    documents: tuple[str, ...]


def find(paths: Iterable[str]) -> Found:
    """Return the files to lint; jsonnet templates and bcdsl's own documents are set aside."""
    files: dict[str, None] = {}
    named: set[str] = set()
    templates: dict[str, None] = {}
    documents: dict[str, None] = {}
    for path in paths:
        inside = os.path.isdir(path)
        for name in _walk(path) if inside else (path,):
            if name.endswith(".jsonnet"):
                templates[name] = None
            elif inside and name.endswith(DOCUMENTS):
                documents[name] = None
            elif not inside or name.endswith(_ENDINGS):
                files[name] = None
                if not inside:
                    named.add(name)
    return Found(
        files=tuple(files),
        named=frozenset(named),
        templates=tuple(templates),
        documents=tuple(documents),
    )


def _walk(folder: str) -> Iterator[str]:
    """Yield the files below a folder in order; hidden folders and packages stay closed."""
    for base, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if f[0] != "." and f not in _CLOSED)
        for name in sorted(names):
            yield os.path.join(base, name)
