"""Texts and places in them.

A place is a pair of offsets in code points into the text of one source; lines
and columns are worked out only when a place is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Generic, TypeVar

from bcdsl.frozen import dataclass, field

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text and the name under which its author knows it.

    Two sources are the same only if they are one object: equal texts read from
    two files stay two sources.
    """

    name: str
    text: str
    _lines: list[int] = field(default_factory=list, init=False, repr=False)

    def line_starts(self) -> list[int]:
        """Return the offset at which each line starts (lines end at LF, CRLF or CR)."""
        if not self._lines:
            self._lines.append(0)
            offset = 0
            for line in self.text.splitlines(keepends=True):
                offset += len(line)
                if line[-1] in "\r\n":
                    self._lines.append(offset)
        return self._lines

    def position(self, offset: int) -> tuple[int, int]:
        """Return the line and the column of an offset, both counted from 1, in code points."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return the text of a line (counted from 1) without its line end."""
        starts = self.line_starts()
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one source: `start` included, `end` excluded, in code points."""

    source: SourceFile
    start: int
    end: int

    @property
    def text(self) -> str:
        """The text between the two ends."""
        return self.source.text[self.start : self.end]

    def within(self, start: int, end: int) -> Span:
        """Return the part of this span between two offsets that count from its start."""
        return Span(self.source, self.start + start, min(self.start + end, self.end))


@dataclass(frozen=True, slots=True)
class Spanned(Generic[T]):
    """A value and the place where it was written."""

    value: T
    span: Span
