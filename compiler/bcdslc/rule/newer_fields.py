"""The fields of a spec that a version does not have yet."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.spec.field import Field, Kind, Shape, fields_of
from bcdslc.spec.origin import Path


def newer_fields(message: object, target: int, path: Path = ()) -> Iterator[tuple[Path, Field]]:
    """Yield the outermost fields in a message that came after a minor version."""
    cls: type = type(message)
    for item in fields_of(cls):
        value = getattr(message, item.python)
        if value is None:
            continue
        here = (*path, item.camel)
        if item.since > target:
            yield here, item
        elif item.kind is Kind.MESSAGE:
            if item.shape is Shape.ONE:
                yield from newer_fields(value, target, here)
            else:
                for index, member in enumerate(value):
                    yield from newer_fields(member, target, (*here, index))
