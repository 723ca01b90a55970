"""For each emitted field, the place in the document that it came from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json


def source_map_text(specs: Iterable[Spec]) -> str:
    """Return the map as JSON: pipeline, then JSON pointer, to file, line and column.

    Lines and columns count from 1, columns in code points.
    """
    found = {spec.name: dict(_places(spec)) for spec in specs}
    return json.dumps({"version": 1, "pipelines": found}, indent=1, ensure_ascii=False) + "\n"


def _places(spec: Spec) -> Iterator[tuple[str, dict[str, object]]]:
    for path in _paths(to_json(spec.request), ()):
        span = spec.at(*path)
        if span is not None:
            line, column = span.source.position(span.start)
            place: dict[str, object] = {"file": span.source.name, "line": line, "column": column}
            yield pointer(path), place


def _paths(value: Any, path: Path) -> Iterator[Path]:
    """Yield the path of every field of a JSON value, the whole first."""
    yield path
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _paths(member, (*path, key))
    elif isinstance(value, list):
        for index, member in enumerate(value):
            yield from _paths(member, (*path, index))


def pointer(path: Path) -> str:
    """Return a path as a JSON pointer (RFC 6901)."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in path)
