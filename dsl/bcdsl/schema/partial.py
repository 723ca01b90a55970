"""Definitions for what is laid over something: there nothing is needed.

A profile may say one option of an input that the document names. So each definition below it
in which a key is needed stands a second time, without that.
"""

from __future__ import annotations

from typing import Any

from bcdsl.keys.inputs import CRON, LEAF
from bcdsl.schema.form import EXTENSIONS, Schema
from bcdsl.schema.record import described

_PREFIX = "#/definitions/"
_SUFFIX = "_in_part"
_NAMED = "named_input"


def in_parts(definitions: dict[str, Schema], top: str) -> dict[str, Schema]:
    """Return `top` anew, and the definitions without needed keys that it then refers to."""
    changed = _with_needs(definitions)
    found: dict[str, Schema] = {}
    waiting = [top]
    while waiting:
        name = waiting.pop()
        key = name if name == top else name + _SUFFIX
        if key in found:
            continue
        found[key] = _without_needs(definitions[name], changed)
        if name == _NAMED:
            found[key]["then"] = _last(found[key]["then"])
        waiting += [other for other in _references(definitions[name]) if other in changed]
    return found


def _with_needs(definitions: dict[str, Schema]) -> set[str]:
    """Return the definitions in which a key is needed, or which refer to such a one."""
    found = {name for name, schema in definitions.items() if _needs(schema)}
    size = -1
    while size != len(found):
        size = len(found)
        found |= {name for name, schema in definitions.items() if found & set(_references(schema))}
    return found


def _needs(node: Any) -> bool:
    if isinstance(node, dict):
        own = "required" in node and "additionalProperties" in node
        return own or any(_needs(value) for value in node.values())
    return isinstance(node, list) and any(_needs(value) for value in node)


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"].removeprefix(_PREFIX)] if "$ref" in node else []
        return own + [name for value in node.values() for name in _references(value)]
    if isinstance(node, list):
        return [name for value in node for name in _references(value)]
    return []


def _without_needs(node: Any, changed: set[str]) -> Any:
    if isinstance(node, list):
        return [_without_needs(value, changed) for value in node]
    if not isinstance(node, dict):
        return node
    copy = {key: _without_needs(value, changed) for key, value in node.items()}
    if "additionalProperties" in copy:
        for needed in copy.pop("required", ()):
            copy["properties"][needed] = _or_null(copy["properties"][needed])
        if "maxProperties" not in copy:
            copy.pop("minProperties", None)
    name = copy.get("$ref", "").removeprefix(_PREFIX)
    if name in changed:
        copy["$ref"] = f"{_PREFIX}{name}{_SUFFIX}"
    return copy


def _or_null(schema: Schema) -> Schema:
    kinds = schema["type"]
    return {**schema, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}


def _last(node: Schema) -> Schema:
    """Return a choice of leaves whose last branch holds options alone."""
    if "else" in node:
        return {**node, "else": _last(node["else"])}
    keys = {**CRON.keys, **LEAF.keys}
    return {
        "title": "options of an input",
        "type": "object",
        "properties": {
            name: _or_null(described(key)) if key.required else described(key)
            for name, key in keys.items()
        },
        "patternProperties": EXTENSIONS,
        "additionalProperties": False,
    }
