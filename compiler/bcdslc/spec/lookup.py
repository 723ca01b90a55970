"""The value of a field by its JSON path."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bcdslc.spec.field import fields_of
from bcdslc.spec.origin import Path


def lookup(message: object, path: Path) -> Any:
    """Return what stands at a camelCase path of a message, or None if nothing does."""
    value: Any = message
    for step in path:
        if value is None:
            return None
        if isinstance(value, tuple):
            value = value[step] if isinstance(step, int) and step < len(value) else None
        elif isinstance(value, Mapping):
            value = value.get(step)
        else:
            value = _field(value, step)
    return value


def _field(message: object, step: str | int) -> Any:
    cls: type = type(message)
    for item in fields_of(cls) if hasattr(cls, "__dataclass_fields__") else ():
        if item.camel == step:
            return getattr(message, item.python)
    return None
