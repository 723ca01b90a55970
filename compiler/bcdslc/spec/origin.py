"""Where each field of a spec comes from.

A path is the field's JSON path in camelCase, e.g. `("transform", "cmd", 0)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, TypeAlias

from bcdsl.source import Span

Path: TypeAlias = tuple[str | int, ...]


class Origins(Protocol):
    """Knows the places of a spec's fields; may find them only when asked."""

    def at(self, path: Path) -> Span | None:
        """Return the place of a field's value, or of the nearest field around it that has one."""

    def key(self, path: Path) -> Span | None:
        """Return the place of a field's key where there is one, else what `at` returns."""


class PlacedOrigins:
    """Origins known in full: those of a spec that was compiled here."""

    def __init__(self, places: Mapping[Path, Span]) -> None:
        self.places = places

    def at(self, path: Path) -> Span | None:
        """Return the place of a field or of the nearest field around it."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found is not None:
                return found
        return None

    def key(self, path: Path) -> Span | None:
        """Return what `at` returns: a compiled field has no key of its own in the document."""
        return self.at(path)


NO_ORIGINS: Origins = PlacedOrigins({})
