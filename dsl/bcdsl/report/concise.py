"""One line for each problem, as editors' tasks and CI matchers read it."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.report.text import one_line

MATCHER = r"^(.+?):(\d+):(\d+):\s+(error|warning|note)\s+([A-Z]+\d+):\s+(.*)$"


def as_line(problem: Diagnostic) -> str:
    """Return `FILE:LINE:COL: severity CODE: message`; without a place, what is known of it."""
    span = problem.span
    place = f"{span.source.name}:{_at(problem)}: " if span else ""
    return f"{place}{problem.severity.value} {problem.code}: {one_line(problem.message)}"


def _at(problem: Diagnostic) -> str:
    assert problem.span is not None
    line, column = problem.span.source.position(problem.span.start)
    return f"{line}:{column}"
