"""Problems as one JSON document, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from bcdsl.diagnostic import Diagnostic, Fix
from bcdsl.report.place import place_of
from bcdsl.report.summary import counts
from bcdsl.source import Span


def as_json(problems: Sequence[Diagnostic]) -> str:
    """Return the problems and how many there are; offsets and columns count code points."""
    value = {
        "version": 1,
        "problems": [_problem(problem) for problem in problems],
        "counts": {severity.value: count for severity, count in counts(problems).items()},
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def _problem(problem: Diagnostic) -> dict[str, Any]:
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "help": problem.help,
        "place": _place(problem.span) if problem.span else None,
        "labels": [{**_place(label.span), "text": label.text} for label in problem.labels],
        "fix": _fix(problem.fix) if problem.fix else None,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{**_place(edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "edits": edits}


def _place(span: Span) -> dict[str, Any]:
    place = place_of(span)
    return {
        "file": place.file,
        "start": {"line": place.line, "column": place.column, "offset": span.start},
        "end": {"line": place.end_line, "column": place.end_column, "offset": span.end},
    }
