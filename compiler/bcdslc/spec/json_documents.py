"""The JSON values of a text, one after the other, with where each begins."""

from __future__ import annotations

import json
import re
from typing import Any

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from bcdsl.source import SourceFile, Span
from bcdslc.spec.line_break import line_break

UNREADABLE = "BC605"
WRITTEN_TWICE = "BC608"
_GAP = re.compile(r"[ \t\r\n\ufeff]*")
_MARK = re.compile(r"---[ \t]*(?:\r?\n|$)")


def json_documents(
    source: SourceFile,
) -> tuple[list[tuple[Any, int]] | None, list[Diagnostic]]:
    """Return the values of a text and what is wrong between them; None if it is not JSON.

    Between two documents pachctl wants a line `---`.
    """
    text = source.text
    problems: list[Diagnostic] = []
    twice: list[str] = []
    found: list[tuple[Any, int]] = []

    def pairs(entries: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(entries)
        if len(made) != len(entries):
            twice.extend({key for key, _ in entries if sum(key == k for k, _ in entries) > 1})
        return made

    decoder = json.JSONDecoder(object_pairs_hook=pairs, parse_constant=str)
    at, parted = _gap(text, 0), True
    while at < len(text):
        mark = _MARK.match(text, at)
        if mark:
            at, parted = _gap(text, mark.end()), True
            continue
        try:
            value, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as wrong:
            return None, [_at(source, wrong.pos, f"this is not JSON: {_said(wrong)}")]
        except (RecursionError, ValueError):
            return [], [_at(source, at, "this is nested too deeply, or holds a huge number")]
        if not parted:
            problems.append(_unparted(source, at))
        found.append((value, at))
        at, parted = _gap(text, end), False
    if twice:
        problems.extend(_twice(source, found))
    return found, problems


def _gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _said(wrong: json.JSONDecodeError) -> str:
    return wrong.msg[:1].lower() + wrong.msg[1:]


def _at(source: SourceFile, at: int, message: str, help: str | None = None) -> Diagnostic:
    span = Span(source, at, min(at + 1, len(source.text)))
    return Diagnostic(code=UNREADABLE, message=message, span=span, help=help)


def _unparted(source: SourceFile, at: int) -> Diagnostic:
    """Return the problem of a spec that follows another, with the line that goes between."""
    line = source.text.rfind("\n", 0, at) + 1
    end = line_break(source)
    lead = "" if source.text[line:at].strip() == "" else end
    here = Span(source, at if lead else line, at if lead else line)
    return Diagnostic(
        code=UNREADABLE,
        message="two specs follow each other without a line `---` between them",
        span=Span(source, at, at + 1),
        help="put a line `---` between them, or make them one list",
        fix=Fix("put a line `---` between them", (Edit(here, f"{lead}---{end}"),)),
    )


def _twice(source: SourceFile, found: list[tuple[Any, int]]) -> list[Diagnostic]:
    """Find the keys that stand twice in one object, now that one is known to."""
    from bcdsl.yaml_tree import Mapping, Node, Sequence
    from bcdslc.spec.json_nodes import json_node

    problems = []
    todo: list[Node] = [json_node(source, start) for _, start in reversed(found)]
    while todo:
        node = todo.pop()
        if isinstance(node, Sequence):
            todo.extend(node.items)
        elif isinstance(node, Mapping):
            seen = set()
            for key, value in node.entries:
                if key.text in seen:
                    problems.append(written_twice(key.span))
                seen.add(key.text)
                todo.append(value)
    return problems


def written_twice(span: Span) -> Diagnostic:
    """Return the warning about a key that stands twice: pachctl takes the last one, silently."""
    return Diagnostic(
        code=WRITTEN_TWICE,
        message=f"`{span.text.strip(chr(34))}` is written twice, and only the last one counts",
        span=span,
        severity=Severity.WARNING,
        help="keep one of them",
    )
