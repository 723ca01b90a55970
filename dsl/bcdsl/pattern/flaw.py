"""A finding about a pattern's text, placed by offsets: the same for a document and a raw glob."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass
from bcdsl.source import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """What is wrong between two offsets of a pattern's text, and what to write instead."""

    code: str
    message: str
    start: int
    end: int
    help: str | None = None
    severity: Severity = Severity.ERROR


def diagnose(flaw: Flaw, span: Span) -> Diagnostic:
    """Return the flaw as a diagnostic, given the span of the pattern's whole text."""
    return Diagnostic(
        code=flaw.code,
        message=flaw.message,
        span=span.within(flaw.start, max(flaw.end, flaw.start)),
        severity=flaw.severity,
        help=flaw.help,
    )
