"""How the lines of a file end, so that what is added to it ends alike."""

from __future__ import annotations

from bcdsl.source import SourceFile


def line_break(source: SourceFile) -> str:
    """Return how the first line of a text ends."""
    end = source.text.find("\n")
    return "\r\n" if end > 0 and source.text[end - 1] == "\r" else "\n"
