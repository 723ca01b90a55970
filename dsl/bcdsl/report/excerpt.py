"""The author's own lines with the places in them underlined."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.frozen import dataclass
from bcdsl.report.columns import cut, shown, width
from bcdsl.report.paint import Paint
from bcdsl.source import SourceFile, Span

WIDEST = 120  # columns of one line; more is cut around the place


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One place to underline: `^` for the primary one, `-` for others, with a text."""

    span: Span
    text: str
    primary: bool


def excerpt(source: SourceFile, marks: Sequence[Mark], gutter: int, paint: Paint) -> list[str]:
    """Return the lines of one source that hold the marks, in order, with the underlines."""
    rows: dict[int, list[Mark]] = {}
    for mark in marks:
        rows.setdefault(source.position(mark.span.start)[0], []).append(mark)
    drawn: list[str] = []
    before = None
    for number in sorted(rows):
        if before is not None and number > before + 1:
            drawn.append(paint.frame("…".rjust(gutter)))
        before = number
        drawn += _row(source, number, rows[number], gutter, paint)
    return drawn


def _row(
    source: SourceFile, number: int, marks: Sequence[Mark], gutter: int, paint: Paint
) -> list[str]:
    line = source.line(number)
    places = [(*_columns(source, mark.span, line), mark) for mark in marks]
    places.sort(key=lambda place: (not place[2].primary, place[0]))
    first, last = _window(line, places[0][0])
    drawn = [f"{paint.frame(f'{number:>{gutter}} |')} {cut(shown(line), first, last)}".rstrip()]
    for start, end, mark in places:
        left = min(max(start, first), last - 1)
        stroke = ("^" if mark.primary else "-") * max(min(end, last) - left, 1)
        colour = paint.strong if mark.primary else paint.second
        note = colour(f"{stroke} {mark.text}" if mark.text else stroke)
        drawn.append(f"{paint.frame(' ' * gutter + ' |')} {' ' * (left - first)}{note}")
    return drawn


def _columns(source: SourceFile, span: Span, line: str) -> tuple[int, int]:
    """Return where the underline starts and ends, in columns of the shown line."""
    column = source.position(span.start)[1] - 1
    start = width(line[:column])
    stop = min(column + (span.end - span.start), len(line))
    return start, max(width(line[:stop]), start + 1)


def _window(line: str, start: int) -> tuple[int, int]:
    """Return which columns of a line to show: all, or those around a place in a long one."""
    total = width(line)
    if total <= WIDEST:
        return 0, total + 1
    first = max(0, min(start - WIDEST // 3, total - WIDEST))
    return first, min(total, first + WIDEST) + 1
