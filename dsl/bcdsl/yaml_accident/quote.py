"""Putting quotes around a text, as a repair and as advice."""

from __future__ import annotations

from bcdsl.diagnostic import Edit, Fix
from bcdsl.source import SourceFile, Span

_LONG = 200  # characters that still fit into a message


def quoted(text: str) -> str | None:
    """Return the text in quotes, or None if it holds both kinds or a line end, or is too long."""
    if "\n" in text or "\r" in text or len(text) > _LONG:
        return None
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return None


def quote_fix(span: Span) -> Fix | None:
    """Return the repair that puts quotes around a stretch of text, where that is safe."""
    text = quoted(span.text)
    return Fix("put quotes around it", (Edit(span, text),)) if text and span.text else None


def line_end(source: SourceFile, at: int) -> int:
    """Return the offset at which the line of an offset ends, its line end left out."""
    text = source.text
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    other = text.find("\r", at, end)
    return end if other < 0 else other


def line_start(source: SourceFile, at: int) -> int:
    """Return the offset at which the line of an offset starts."""
    text = source.text
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def rest_of_value(source: SourceFile, start: int) -> Span:
    """Return the text of a line from an offset, without a comment and the blanks before it."""
    end = line_end(source, start)
    comment = source.text.find(" #", start, end)
    text = source.text[start : end if comment < 0 else comment]
    return Span(source, start, start + len(text.rstrip()))
