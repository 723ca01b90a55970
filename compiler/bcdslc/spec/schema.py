"""The JSON Schema of a Pachyderm spec, generated from the table of its fields.

`python -m bcdslc.spec.schema --write` writes it, `--check` says whether it is fresh. It takes
what `pachctl create pipeline -f` takes (sections 2.1 to 2.4 of the spec reference): one spec or
a list of them, either spelling of a name, null for any field but not for an item of a list.

The camelCase spelling is a property and the other a pattern: editors offer only properties.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bcdslc.spec import message as messages
from bcdslc.spec.field import Field, Kind, Shape, fields_of

DRAFT = "http://json-schema.org/draft-07/schema#"
FILE = Path(__file__).parent / "pachyderm-pipeline.schema.json"
COPY = Path(__file__).parents[3] / "schemas" / FILE.name
FIRST_NAMED = 2  # a field newer than this minor version says since when it is there

_SCALARS: dict[Kind, dict[str, Any]] = {
    Kind.STRING: {"type": "string"},
    Kind.BOOL: {"type": "boolean"},
    Kind.DURATION: {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,9})?s$"},
    Kind.TIMESTAMP: {"type": "string", "format": "date-time"},
}
_NUMBERS: dict[Kind, tuple[dict[str, Any], str]] = {  # the number, and its text, both are read
    Kind.INT32: ({"type": "integer"}, "^-?[0-9]+$"),
    Kind.INT64: ({"type": "integer"}, "^-?[0-9]+$"),
    Kind.UINT64: ({"type": "integer", "minimum": 0}, "^[0-9]+$"),
    Kind.FLOAT: (
        {"type": "number"},
        r"^(NaN|-?Infinity|-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)$",
    ),
}


def generate() -> str:
    """Return the text of the schema."""
    definitions: dict[str, Any] = {}
    spec = _reference("CreatePipelineRequest", False, definitions)
    definitions["CreatePipelineRequest"]["properties"]["$schema"] = {
        "description": "The schema that an editor checks the file with; pachctl drops it.",
        "type": "string",
    }
    schema = {
        "$schema": DRAFT,
        "title": "Pachyderm pipeline",
        "description": "One Pachyderm 2 pipeline spec, or a list of them.",
        "if": {"type": "array"},
        "then": {"type": "array", "minItems": 1, "items": spec},
        "else": spec,
        "definitions": dict(sorted(definitions.items())),
    }
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _reference(name: str, null: bool, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return a reference to a message, which is described once with null and once without."""
    key = f"{name}OrNull" if null else name
    if key not in definitions:
        definitions[key] = node = {}  # first: messages contain themselves
        node.update(_message(name, null, definitions))
    return {"$ref": f"#/definitions/{key}"}


def _message(name: str, null: bool, definitions: dict[str, Any]) -> dict[str, Any]:
    kind = getattr(messages, name)
    fields = fields_of(kind)
    node: dict[str, Any] = {
        "title": _words(name),
        "description": kind.__doc__,
        "type": ["object", "null"] if null else "object",
        "properties": {field.camel: _field(field, definitions) for field in fields},
        "additionalProperties": False,
    }
    others = {f"^{f.snake}$": _field(f, definitions) for f in fields if f.snake != f.camel}
    if others:
        node["patternProperties"] = others
    rules = [_not_both(f.snake, f.camel) for f in fields if f.snake != f.camel]
    rules += _oneofs(fields)
    if rules:
        node["allOf"] = rules
    return node


def _oneofs(fields: tuple[Field, ...]) -> list[dict[str, Any]]:
    rules = []
    for number, left in enumerate(fields):
        for right in fields[number + 1 :]:
            if left.oneof is not None and left.oneof == right.oneof:
                for one in dict.fromkeys((left.camel, left.snake)):
                    rules += [_not_both(one, n) for n in dict.fromkeys((right.camel, right.snake))]
    return rules


def _not_both(one: str, other: str) -> dict[str, Any]:
    both = {"type": "object", "properties": {one: True, other: True}, "required": [one, other]}
    return {"not": both}


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    value = _value(field, field.shape is Shape.ONE, definitions)
    if field.shape is Shape.LIST:
        value = {"type": ["array", "null"], "items": value}
    elif field.shape is Shape.MAP:
        value = {"type": ["object", "null"], "additionalProperties": value}
    since = f" Since Pachyderm 2.{field.since}." if field.since > FIRST_NAMED else ""
    return {"description": field.doc + since, **value}


def _value(field: Field, null: bool, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return what one value of a field may be."""
    if field.kind is Kind.MESSAGE:
        return _reference(str(field.message), null, definitions)
    if field.kind is Kind.ENUM:
        value: dict[str, Any] = {"type": "string", "enum": list(field.enum)}
        return _or_null(value | {"enum": [*field.enum, None]}) if null else value
    if field.kind in _NUMBERS:
        number, text = _NUMBERS[field.kind]
        return {
            "if": {"type": "string"},
            "then": {"type": "string", "pattern": text},
            "else": _or_null(number) if null else number,
        }
    scalar = _SCALARS[field.kind]
    return _or_null(scalar) if null else scalar


def _or_null(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "type": [value["type"], "null"]}


def _words(name: str) -> str:
    """Return a class's name as words: titles are the type names of editors' messages."""
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


if __name__ == "__main__":
    from bcdsl.generated import write_or_check

    text = generate()
    sys.exit(write_or_check({FILE: text, COPY: text}, "-m bcdslc.spec.schema", sys.argv[1:]))
