"""A message to the JSON value that Pachyderm reads: camelCase, only what is present."""

from __future__ import annotations

from math import isfinite, isnan
from typing import Any

from bcdslc.spec.field import Field, Kind, Shape, fields_of


def to_json(message: object) -> dict[str, Any]:
    """Return the JSON value of a message, its fields in the order of their declaration.

    64-bit integers become JSON integers: the server takes both forms, people read this one.
    """
    found = {}
    cls: type = type(message)
    for item in fields_of(cls):
        value = getattr(message, item.python)
        if value is not None:
            found[item.camel] = _value(item, value)
    return found


def _value(item: Field, value: Any) -> Any:
    match item.shape:
        case Shape.ONE:
            return _one(item, value)
        case Shape.LIST:
            return [_one(item, member) for member in value]
        case Shape.MAP:
            return {key: _one(item, member) for key, member in value.items()}


def _one(item: Field, value: Any) -> Any:
    if item.kind is Kind.MESSAGE:
        return to_json(value)
    if item.kind is Kind.FLOAT and isinstance(value, float):
        return _number(value)
    if item.kind is Kind.ENUM and value not in item.enum:
        return int(value)  # a number that has no name
    return value


def _number(value: float) -> Any:
    """Return a float as JSON can say it: whole numbers without `.0`, the odd ones as words."""
    if isnan(value):
        return "NaN"
    if not isfinite(value):
        return "Infinity" if value > 0 else "-Infinity"
    return int(value) if value.is_integer() and abs(value) < 1e15 else value
