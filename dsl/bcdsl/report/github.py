"""Problems as annotations of a GitHub workflow.

GitHub shows 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word,
so errors stand first.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.report.place import place_of

_COMMAND = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_annotation(problem: Diagnostic) -> str:
    """Return one workflow command."""
    properties = {}
    if problem.span is not None:
        place = place_of(problem.span)
        properties = {
            "file": place.file,
            "line": str(place.line),
            "endLine": str(place.end_line),
            "col": str(place.column),
            "endColumn": str(place.end_column),
        }
    properties["title"] = problem.code
    message = problem.message if problem.help is None else f"{problem.message}\n{problem.help}"
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMAND[problem.severity]} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
