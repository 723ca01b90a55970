"""Texts that should hold JSON, as Go's checker takes them."""

from __future__ import annotations

import json
from typing import Final

NOT_JSON: Final = object()


def json_error(text: str) -> str | None:
    """Return what prevents a text from being one JSON value, or None."""
    if text[:1] == "\ufeff":
        return "it starts with a byte order mark"
    try:
        json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except json.JSONDecodeError as wrong:
        return f"{wrong.msg[:1].lower()}{wrong.msg[1:]} at character {wrong.pos + 1}"
    except RecursionError:
        return None  # nested deeper than we read, not than Go does
    return None


def json_value(text: str) -> object:
    """Return the value that a text holds, or `NOT_JSON` if none can be read."""
    try:
        value: object = json.loads(text)
    except (ValueError, RecursionError):
        return NOT_JSON
    return value


def _refuse(word: str) -> None:
    raise json.JSONDecodeError(f"`{word}` is no JSON", word, 0)
