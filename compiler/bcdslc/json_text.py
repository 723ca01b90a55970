"""A JSON value as text with indents, as `json.dumps(value, indent=2)` writes it.

The library writes indents by functions that refer to each other, new ones at each call: slow,
and for a large document a heap of cycles that the collector must find.
"""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any, TypeAlias

Json: TypeAlias = Any


def json_text(value: Json) -> str:
    """Return the text of a value, without a final line end."""
    pieces: list[str] = []
    _put(value, "\n", pieces)
    return "".join(pieces)


def _put(value: Json, line: str, pieces: list[str]) -> None:
    """Add the text of a value; `line` begins a line at its depth."""
    match value:
        case str():
            pieces.append(encode_basestring(value))
        case dict() if value:
            inner = line + "  "
            between = "{" + inner
            for key, member in value.items():
                pieces += (between, encode_basestring(key), ": ")
                _put(member, inner, pieces)
                between = "," + inner
            pieces += (line, "}")
        case list() if value:
            inner = line + "  "
            between = "[" + inner
            for member in value:
                pieces.append(between)
                _put(member, inner, pieces)
                between = "," + inner
            pieces += (line, "]")
        case _:
            pieces.append(json.dumps(value))
