"""Where each emitted field was written, collected while a stage is lowered."""

from __future__ import annotations

from typing import TypeVar

from bcdsl.source import Span, Spanned
from bcdslc.spec.origin import Path

T = TypeVar("T")


class Places:
    """A growing table from field paths (camelCase) to the author's places."""

    def __init__(self) -> None:
        self.table: dict[Path, Span] = {}

    def put(self, path: Path, span: Span) -> None:
        """Say where the field at a path was written."""
        self.table[path] = span

    def take(self, path: Path, written: Spanned[T] | None) -> T | None:
        """Return a written value, None if there is none, and note its place for the field."""
        if written is None:
            return None
        self.table[path] = written.span
        return written.value

    def take_all(self, path: Path, written: tuple[Spanned[T], ...] | None) -> tuple[T, ...] | None:
        """Return a written list, None if there is none, and note the places of its members."""
        if written is None:
            return None
        for index, member in enumerate(written):
            self.put((*path, index), member.span)
        if written:
            self.table.setdefault(path, written[0].span)
        return tuple(member.value for member in written)

    def take_map(
        self, path: Path, written: tuple[tuple[Spanned[str], Spanned[str]], ...] | None
    ) -> dict[str, str] | None:
        """Return a written mapping, None if there is none, and note the places of its values."""
        if written is None:
            return None
        for name, value in written:
            self.put((*path, name.value), value.span)
        if written:
            self.table.setdefault(path, written[0][0].span)
        return {name.value: value.value for name, value in written}
