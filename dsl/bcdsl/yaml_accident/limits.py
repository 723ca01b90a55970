"""How large a YAML file may be, and what is said of a larger one.

The limits keep every later pass within bounded time and memory, and shallow enough that it
may follow the nesting with ordinary recursion.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile, Span

TOO_LARGE = "BC004"
TOO_DEEP = "BC019"
TOO_MANY = "BC020"

SIZE = 16 * 1024 * 1024  # bytes of a file, and characters of a text
NODES = 2_000_000  # after every alias is replaced by what it stands for
DEPTH = 100


def too_large(source: SourceFile) -> Diagnostic:
    """Return the problem of a text above `SIZE`."""
    return Diagnostic(
        code=TOO_LARGE,
        message=f"the text is larger than {SIZE // (1024 * 1024)} MiB",
        span=Span(source, 0, 0),
        help="split the file",
    )


def too_deep(source: SourceFile, at: int) -> Diagnostic:
    """Return the problem of a value that lies below more than `DEPTH` others."""
    return Diagnostic(
        code=TOO_DEEP,
        message=f"this is nested deeper than {DEPTH} levels",
        span=Span(source, at, min(at + 1, len(source.text))),
        help="nest less, or look for a bracket that should have been closed",
    )


def too_many(source: SourceFile, start: int, end: int) -> Diagnostic:
    """Return the problem of a file that holds too many values, aliases replaced."""
    return Diagnostic(
        code=TOO_MANY,
        message=f"the file holds more than {NODES:,} values, aliases counted as what they repeat",
        span=Span(source, start, min(end, start + 1)),
        help="split the file, or write fewer aliases of aliases",
    )
