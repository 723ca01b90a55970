"""All fields that a message sets, with their paths."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.spec.field import Field, Kind, Shape, fields_of
from bcdslc.spec.origin import Path


def set_fields(message: object, path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Yield every field that is present in a message or below it; not below what is new itself."""
    cls: type = type(message)
    for item in fields_of(cls):
        value = getattr(message, item.python)
        if value is None:
            continue
        here = (*path, item.camel)
        yield here, item
        if item.kind is Kind.MESSAGE:
            if item.shape is Shape.ONE:
                yield from set_fields(value, here)
            else:
                for index, member in enumerate(value):
                    yield from set_fields(member, (*here, index))
