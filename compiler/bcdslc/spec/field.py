"""How a message of Pachyderm describes its fields: one table for reader, writer and schema."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

from bcdsl.frozen import dataclass, field, fields


class Kind(Enum):
    """The value of a field, or of each member of a list or map."""

    STRING = "string"
    BOOL = "bool"
    INT32 = "int32"
    INT64 = "int64"
    UINT64 = "uint64"
    FLOAT = "float"
    DURATION = "duration"
    TIMESTAMP = "timestamp"
    ENUM = "enum"
    MESSAGE = "message"


class Shape(Enum):
    """One value, a list, or a map with text keys."""

    ONE = "one"
    LIST = "list"
    MAP = "map"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: its two spellings, what it holds, what it says, since when.

    `since` is the first minor version of Pachyderm 2 that has it; `oneof` names the group of
    which at most one member may be set; `message` is the name of the message class.
    """

    python: str
    snake: str
    camel: str
    kind: Kind
    shape: Shape = Shape.ONE
    message: str | None = None
    enum: tuple[str, ...] = ()
    since: int = 0
    oneof: str | None = None
    doc: str = ""


def pach(
    kind: Kind,
    doc: str,
    *,
    shape: Shape = Shape.ONE,
    message: str | None = None,
    enum: tuple[str, ...] = (),
    since: int = 0,
    oneof: str | None = None,
    spelled: str | None = None,
) -> Any:
    """Declare a field of a message; absent unless given. `spelled` is for irregular names."""
    return field(
        default=None,
        metadata={
            "pach": {
                "kind": kind,
                "doc": doc,
                "shape": shape,
                "message": message,
                "enum": enum,
                "since": since,
                "oneof": oneof,
                "spelled": spelled,
            }
        },
    )


@cache
def fields_of(message: type) -> tuple[Field, ...]:
    """Return the fields of a message class in the order of their declaration."""
    found = []
    for item in fields(message):
        facts = dict(item.metadata.get("pach", ()))
        if facts:
            spelled = facts.pop("spelled")
            snake = spelled or item.name
            head, *rest = snake.split("_")
            camel = spelled or head + "".join(word.capitalize() for word in rest)
            found.append(Field(python=item.name, snake=snake, camel=camel, **facts))
    return tuple(found)
