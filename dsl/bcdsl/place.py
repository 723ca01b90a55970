"""Where a part of a scalar's text stands in the source."""

from __future__ import annotations

from bcdsl.source import Span, Spanned
from bcdsl.yaml_tree import Scalar


def is_exact(scalar: Scalar) -> bool:
    """Tell whether the text stands in the source letter for letter, quotes left aside."""
    quote = 1 if scalar.style in ("'", '"') and scalar.style else 0
    text = scalar.text
    start = scalar.start + quote
    return (
        scalar.end - scalar.start == len(text) + 2 * quote
        and scalar.source.text[start : start + len(text)] == text
    )


def part(scalar: Scalar, start: int, end: int) -> Span:
    """Return the place of a part of the text; the whole scalar, where it is written otherwise."""
    if not is_exact(scalar):
        return scalar.span
    base = scalar.start + (1 if scalar.style in ("'", '"') and scalar.style else 0)
    return Span(scalar.source, base + start, base + end)


def inner(scalar: Scalar) -> Span:
    """Return the place of the text without quotes, or of the whole scalar."""
    return part(scalar, 0, len(scalar.text))


def spanned(scalar: Scalar) -> Spanned[str]:
    """Return the text with its place."""
    return Spanned(scalar.text, scalar.span)
