"""A file must hold something."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile, Span

CODE = "BC007"


def empty_file(source: SourceFile) -> Diagnostic:
    """Return the problem of a text that holds no document: nothing at all, or only comments."""
    what = "holds only comments" if source.text.strip("\ufeff \t\r\n") else "is empty"
    return Diagnostic(
        code=CODE,
        message=f"`{source.name}` {what}",
        span=Span(source, 0, 0),
        help="`bcdsl init` writes a document to start from",
    )
