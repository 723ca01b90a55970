"""What a JSON Schema's validator found, in the words in which bcdsl speaks of documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

_TYPES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}


def schema_words(error: Any) -> str:
    """Return what an error of jsonschema says: the schema's own words, if it has some."""
    schema = error.schema if isinstance(error.schema, dict) else {}
    for word in ("patternErrorMessage",) * (error.validator == "pattern") + ("errorMessage",):
        if isinstance(schema.get(word), str):
            return str(schema[word])
    if error.schema is False:
        return "nothing may be written here"
    wanted, found = error.validator_value, error.instance
    match error.validator:
        case "type":
            return f"{_kinds(wanted)} is wanted here, not {_kind(found)}"
        case "enum":
            return f"`{found}` is none of {_names(word for word in wanted if word is not None)}"
        case "pattern":
            return f"`{found}` is not of the form `{wanted}`"
        case "minimum":
            return f"a number of at least {wanted} is wanted here, not {found}"
        case "minItems" | "minProperties":
            return "nothing stands here, and something is needed"
        case "required":
            return f"{_names(key for key in wanted if key not in found)} is missing here"
        case "dependencies":
            return "; ".join(_lacking(wanted, found)) or str(error.message)[:200]
        case "not":
            return f"{_names(wanted.get('required', ()), ' and ')} cannot stand together"
    return str(error.message)[:200]


def _kinds(types: str | list[str]) -> str:
    listed = [types] if isinstance(types, str) else [kind for kind in types if kind != "null"]
    return ", or ".join(_TYPES[kind] for kind in listed) or "nothing"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict | list):
        return "a list" if isinstance(value, list) else "a mapping"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    shown = str(value)
    return f"`{shown if len(shown) < 60 else shown[:59] + '…'}`"


def _names(words: Iterable[str], between: str = ", ") -> str:
    return between.join(f"`{word}`" for word in words)


def _lacking(needs: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for key, others in needs.items():
        if key in found and isinstance(others, list):
            lacking = [other for other in others if other not in found]
            if lacking:
                yield f"`{key}` needs {_names(lacking)} beside it"
