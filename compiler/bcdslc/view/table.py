"""Columns of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def table(rows: Sequence[Sequence[str]], *, indent: str = "  ", gap: int = 3) -> Iterator[str]:
    """Yield the rows as lines, each column as wide as its widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width + gap) for cell, width in zip(row, widths, strict=True))
        yield (indent + "".join(cells)).rstrip()
