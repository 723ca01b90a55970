"""Problems as SARIF 2.1.0, which code scanning services read.

Columns count code points from 1 and ends are excluded, which `columnKind` says.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bcdsl.diagnostic import Diagnostic, Fix
from bcdsl.explain.page import Page
from bcdsl.report.place import place_of
from bcdsl.source import Span
from bcdsl.version import VERSION

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LONGEST = 1024  # characters of a description that GitHub takes


def as_sarif(problems: Sequence[Diagnostic], pages: Mapping[str, Page]) -> str:
    """Return one run with the problems and the rules they break."""
    codes = sorted({problem.code for problem in problems})
    index = {code: number for number, code in enumerate(codes)}
    run = {
        "tool": {
            "driver": {
                "name": "bcdsl",
                "semanticVersion": VERSION,
                "rules": [_rule(code, pages.get(code)) for code in codes],
            }
        },
        "automationDetails": {"id": "bcdsl/"},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, index[problem.code]) for problem in problems],
    }
    value = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=2)


def _rule(code: str, page: Page | None) -> dict[str, Any]:
    title = page.title if page else code
    told = f"`bcdsl explain {code}` says what it means and how to repair it"
    rule: dict[str, Any] = {
        "id": code,
        "shortDescription": {"text": title[:LONGEST]},
        "fullDescription": {"text": f"{title}; {told}"[:LONGEST]},
        "help": {"text": told},
    }
    if page:
        rule["defaultConfiguration"] = {"level": page.severity}
        rule["properties"] = {"tags": [page.kind]}
    return rule


def _result(problem: Diagnostic, index: int) -> dict[str, Any]:
    text = problem.message if problem.help is None else f"{problem.message}\n{problem.help}"
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": problem.severity.value,
        "message": {"text": text},
    }
    if problem.span is not None:
        result["locations"] = [{"physicalLocation": _physical(problem.span)}]
    if problem.labels:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(label.span),
                "message": {"text": label.text},
            }
            for number, label in enumerate(problem.labels)
        ]
    if problem.fix is not None:
        result["fixes"] = [_fix(problem.fix)]
    return result


def _physical(span: Span) -> dict[str, Any]:
    return {"artifactLocation": {"uri": _uri(span.source.name)}, "region": _region(span)}


def _region(span: Span) -> dict[str, int]:
    place = place_of(span)
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in fix.edits:
        changes.setdefault(edit.span.source.name, []).append(
            {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
        )
    return {
        "description": {"text": fix.title},
        "artifactChanges": [
            {"artifactLocation": {"uri": _uri(name)}, "replacements": replacements}
            for name, replacements in changes.items()
        ],
    }


def _uri(name: str) -> str:
    from urllib.parse import quote

    path = name.replace("\\", "/").removeprefix("./")
    return ("file://" if path.startswith("/") else "") + quote(path, safe="/~")
