"""A span as lines and columns, counted from 1, the end excluded."""

from __future__ import annotations

from bcdsl.frozen import dataclass
from bcdsl.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a span stands, as editors count."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


def place_of(span: Span) -> Place:
    """Return the lines and columns of a span."""
    line, column = span.source.position(span.start)
    end_line, end_column = span.source.position(max(span.end, span.start))
    return Place(
        file=span.source.name, line=line, column=column, end_line=end_line, end_column=end_column
    )
