"""What a field wants, in words, and how a value of another type would be written right."""

from __future__ import annotations

import json
import shlex
from typing import Any

from bcdsl.suggest import nearest
from bcdslc.spec.field import Field, Kind, Shape
from bcdslc.spec.seconds import seconds

_ONE = {
    Kind.STRING: "text",
    Kind.BOOL: "`true` or `false`",
    Kind.INT32: "a whole number below 2^31",
    Kind.INT64: "a whole number below 2^63",
    Kind.UINT64: "a whole number, 0 or more",
    Kind.FLOAT: "a number",
    Kind.DURATION: "a duration in seconds, such as `300s`",
    Kind.TIMESTAMP: "a time of RFC 3339, such as `2025-01-01T00:00:00Z`",
    Kind.MESSAGE: "an object",
}


def wanted(
    item: Field, value: object, written: str | None, *, single: bool
) -> tuple[str, str | None, Any]:
    """Return the message's predicate, the help, and a better value if one is plain.

    `written` is the value as its author wrote it (`1.10` is not `1.1` when it becomes text).
    `single` asks about one member of a list or map, rather than about all of it.
    """
    if not single and item.shape is Shape.LIST:
        better = _as_list(item, value)
        help = f"write `{_json(better)}`" if better is not None else None
        sure = better is None or better[:2] != ["/bin/sh", "-c"]
        return f"wants a list, not {shown(value)}", help, better if sure else None
    if not single and item.shape is Shape.MAP:
        return f"wants an object of names and texts, not {shown(value)}", None, None
    if item.kind is Kind.ENUM:
        guess = nearest(value, item.enum) if isinstance(value, str) else None
        names = ", ".join(f"`{name}`" for name in item.enum)
        help = f"use `{guess}`" if guess else None
        return f"wants one of {names}, not {shown(value)}", help, guess
    better = _better(item.kind, value, written)
    if item.kind is Kind.MESSAGE:
        better = _as_object(item, value)
    help = f"write `{_json(better)}`" if better is not None else None
    return f"wants {_ONE[item.kind]}, not {shown(value)}", help, better


def _as_list(item: Field, value: object) -> Any:
    """Return the list that a single value was meant as: a command line is split into words."""
    if item.kind is Kind.MESSAGE:
        return [value] if isinstance(value, dict) else None
    if isinstance(value, str):
        if item.python in ("cmd", "err_cmd"):
            return _words(value)
        if item.kind is Kind.STRING:
            return [value] if "\n" not in value else value.splitlines()
    return None


def _words(text: str) -> list[str] | None:
    """Return the words of a command line, or the shell that it needs."""
    if any(letter in "|&;<>()$`*?[~#\n" for letter in text):
        return ["/bin/sh", "-c", text]
    try:
        return shlex.split(text)
    except ValueError:
        return None


def _as_object(item: Field, value: object) -> Any:
    """Return the object that a single value was meant as: a name, or a number of devices."""
    if item.message in ("Pipeline", "Project") and isinstance(value, str):
        return {"name": value}
    if item.message == "GpuSpec" and value.__class__ is int:
        return {"type": "nvidia.com/gpu", "number": value}
    return None


def _better(kind: Kind, value: object, written: str | None) -> Any:
    if kind is Kind.STRING and isinstance(value, (bool, int, float)):
        return written or json.dumps(value)
    if kind is Kind.BOOL and isinstance(value, str):
        return {"true": True, "false": False, "yes": True, "no": False}.get(value.lower())
    if kind is Kind.DURATION:
        return seconds(value)
    if kind is Kind.FLOAT and isinstance(value, str) and value[:-1].isdigit() and value[-1] == "m":
        return int(value[:-1]) / 1000
    return None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def shown(value: object) -> str:
    """Return a value as a message shows it: short ones whole, the others by their kind."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    try:
        text = json.dumps(value, ensure_ascii=False)
    except ValueError:  # an integer of thousands of digits
        return "a number"
    return f"`{text}`" if len(text) <= 40 else f"`{text[:36]}…`"
