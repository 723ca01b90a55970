"""YAML as a tree with places: no types, only what was written and where.

This module holds the values; `bcdsl.compose` makes them. Types come from the schema, so a
scalar is its text. Equal anchors and aliases share one node, at the anchor's place.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile, Span


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A scalar: its text after YAML's own unescaping.

    `style` is "" (plain), "'" , '"', "|" or ">". `start` and `end` are offsets in code points,
    quotes included; an empty plain scalar has `start == end`.
    """

    text: str
    style: str
    source: SourceFile
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the scalar stands, quotes included."""
        return Span(self.source, self.start, self.end)

    @property
    def missing(self) -> bool:
        """Nothing was written (`key:` and no more)."""
        return self.style == "" and self.text == ""

    @property
    def null(self) -> bool:
        """A written `~` or `null` (not an empty value)."""
        return self.style == "" and self.text in ("~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True, eq=False)
class Sequence:
    """A list; `flow` if written with brackets."""

    items: tuple[Node, ...]
    flow: bool
    source: SourceFile
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the list stands; a block list ends with its last item."""
        return Span(self.source, self.start, self.end)


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """A mapping with unique scalar keys, in the order written; `flow` if written with braces."""

    entries: tuple[tuple[Scalar, Node], ...]
    flow: bool
    source: SourceFile
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the mapping stands; a block mapping ends with its last value."""
        return Span(self.source, self.start, self.end)

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        for name, value in self.entries:
            if name.text == key:
                return value
        return None

    def keys(self) -> Iterator[str]:
        """Yield the keys' texts in order."""
        for name, _ in self.entries:
            yield name.text


Node: TypeAlias = Scalar | Sequence | Mapping
