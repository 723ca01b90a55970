"""The document as written: values of the forms that the table of keys gives, by key.

There is no second list of the keys here. The accessors of `Fields` give the types back that the
table promises; a key with a wrong value is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bcdsl.source import Span, Spanned
from bcdsl.yaml_tree import Mapping, Scalar, Sequence


class Listed:
    """A list, and the node that it was written as."""

    __slots__ = ("items", "node")

    def __init__(self, items: tuple[Value, ...], node: Sequence | Scalar) -> None:
        self.items = items
        self.node = node


class Pairs:
    """A mapping from the author's own names."""

    __slots__ = ("entries", "node")

    def __init__(self, entries: tuple[tuple[Scalar, Value], ...], node: Mapping) -> None:
        self.entries = entries
        self.node = node


class Fields:
    """A record; `sound` unless something in it is wrong."""

    __slots__ = ("node", "sound", "values")

    def __init__(self, node: Mapping, values: dict[str, Value], sound: bool) -> None:
        self.node = node
        self.values = values
        self.sound = sound

    def text(self, key: str) -> Scalar | None:
        """Return a text."""
        value = self.values.get(key)
        return value if isinstance(value, Scalar) else None

    def flag(self, key: str) -> Spanned[bool] | None:
        """Return a boolean."""
        value = self.values.get(key)
        if isinstance(value, Spanned) and isinstance(value.value, bool):
            return Spanned(value.value, value.span)
        return None

    def number(self, key: str) -> Spanned[int] | None:
        """Return a whole number."""
        value = self.values.get(key)
        if isinstance(value, Spanned) and not isinstance(value.value, bool):
            return Spanned(value.value, value.span)
        return None

    def record(self, key: str) -> Fields | None:
        """Return a record."""
        value = self.values.get(key)
        return value if isinstance(value, Fields) else None

    def listed(self, key: str) -> Listed | None:
        """Return a list."""
        value = self.values.get(key)
        return value if isinstance(value, Listed) else None

    def texts(self, key: str) -> tuple[Scalar, ...] | None:
        """Return a list of texts."""
        value = self.values.get(key)
        if not isinstance(value, Listed):
            return None
        return tuple(item for item in value.items if isinstance(item, Scalar))

    def numbers(self, key: str) -> tuple[Spanned[int], ...] | None:
        """Return a list of whole numbers."""
        value = self.values.get(key)
        if not isinstance(value, Listed):
            return None
        return tuple(
            Spanned(int(item.value), item.span) for item in value.items if isinstance(item, Spanned)
        )

    def pairs(self, key: str) -> tuple[tuple[Scalar, Scalar], ...] | None:
        """Return a mapping of texts."""
        value = self.values.get(key)
        if not isinstance(value, Pairs):
            return None
        return tuple((name, item) for name, item in value.entries if isinstance(item, Scalar))

    def records(self, key: str) -> tuple[tuple[Scalar, Fields], ...]:
        """Return a mapping of records."""
        value = self.values.get(key)
        if not isinstance(value, Pairs):
            return ()
        return tuple((name, item) for name, item in value.entries if isinstance(item, Fields))

    def inputs(self, key: str) -> InputsSyntax | None:
        """Return what stands under `from`."""
        value = self.values.get(key)
        return value if isinstance(value, InputsSyntax) else None

    def raw(self, key: str) -> Mapping | None:
        """Return a mapping whose keys are Pachyderm's."""
        value = self.values.get(key)
        return value if isinstance(value, Mapping) else None


class LeafSyntax:
    """One input: a ref or a cron with its options, and the name it stands under."""

    __slots__ = ("cron", "fields", "name", "span")

    def __init__(self, fields: Fields, name: Scalar | None, cron: bool, span: Span) -> None:
        self.fields = fields
        self.name = name
        self.cron = cron
        self.span = span


class OperatorSyntax:
    """A written `join`, `cross`, `union` or `group`."""

    __slots__ = ("each", "items", "kind", "sound", "span")

    def __init__(
        self,
        kind: str,
        items: tuple[ItemSyntax, ...],
        each: Listed | None,
        sound: bool,
        span: Span,
    ) -> None:
        self.kind = kind
        self.items = items
        self.each = each
        self.sound = sound
        self.span = span


class InputsSyntax:
    """What stands under `from`; `sound` unless something in it is wrong."""

    __slots__ = ("items", "sound", "span")

    def __init__(self, items: tuple[ItemSyntax, ...], sound: bool, span: Span) -> None:
        self.items = items
        self.sound = sound
        self.span = span


ItemSyntax: TypeAlias = LeafSyntax | OperatorSyntax
Value: TypeAlias = (
    Scalar | Spanned[bool] | Spanned[int] | Listed | Pairs | Fields | InputsSyntax | Mapping
)


def leaves_below(inputs: InputsSyntax | None) -> Iterator[LeafSyntax]:
    """Yield the leaves in the order written."""
    stack: list[ItemSyntax] = list(reversed(inputs.items)) if inputs is not None else []
    while stack:
        item = stack.pop()
        if isinstance(item, OperatorSyntax):
            stack.extend(reversed(item.items))
        else:
            yield item
