"""What each message takes, in the form that reading needs: worked out once for each class."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from bcdslc.spec import message as messages
from bcdslc.spec.field import Field, Kind, fields_of
from bcdslc.spec.scalar import READERS, WRONG, enumeration


class Entry:
    """What is known of one spelling of a field, in the form that reading needs."""

    __slots__ = ("camel", "field", "nested", "python", "read")

    def __init__(self, item: Field) -> None:
        self.field = item
        self.python = item.python
        self.camel = item.camel
        self.nested = _class(item.message) if item.kind is Kind.MESSAGE else None
        self.read: Callable[[object], Any] = (
            enumeration(item.enum) if item.kind is Kind.ENUM else READERS.get(item.kind, _never)
        )


def _never(value: object) -> Any:
    return WRONG


def _class(name: str | None) -> type:
    found: type = getattr(messages, name or "")
    return found


class Table:
    """A message class and its fields by both spellings."""

    __slots__ = ("cls", "entries", "oneof")

    def __init__(self, cls: type) -> None:
        self.cls = cls
        self.entries: dict[str, Entry] = {}
        for item in fields_of(cls):
            entry = Entry(item)
            self.entries[item.snake] = entry
            self.entries[item.camel] = entry
        self.oneof = any(item.oneof for item in fields_of(cls))


@cache
def table_of(cls: type) -> Table:
    """Return the table of a message class, made once."""
    return Table(cls)
