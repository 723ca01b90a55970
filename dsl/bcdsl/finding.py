"""Findings in few words: the code, what is wrong, where, and what to do."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from bcdsl.source import Span


def error(
    code: str,
    message: str,
    span: Span | None,
    help: str | None = None,
    fix: Fix | None = None,
    labels: tuple[Label, ...] = (),
) -> Diagnostic:
    """Return a finding that prevents the result."""
    return Diagnostic(code=code, message=message, span=span, help=help, fix=fix, labels=labels)


def warning(
    code: str,
    message: str,
    span: Span | None,
    help: str | None = None,
    fix: Fix | None = None,
    labels: tuple[Label, ...] = (),
) -> Diagnostic:
    """Return a finding that prevents nothing."""
    return Diagnostic(
        code=code,
        message=message,
        span=span,
        severity=Severity.WARNING,
        help=help,
        fix=fix,
        labels=labels,
    )


def replace_with(span: Span, text: str) -> Fix:
    """Return the repair that writes a text in place of a span."""
    return Fix(f"write `{text}`", (Edit(span, text),))
