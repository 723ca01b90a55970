"""Problems for people: message, place, the author's own line, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.diagnostic import Diagnostic
from bcdsl.report.excerpt import Mark, excerpt
from bcdsl.report.paint import Paint
from bcdsl.source import SourceFile


def as_text(problem: Diagnostic, paint: Paint) -> str:
    """Return one problem as it is shown on a terminal."""
    severity = problem.severity
    head = paint.severity(severity, f"{severity.value}[{problem.code}]:")
    lines = [f"{head} {paint.strong(one_line(problem.message))}"]
    blocks = _blocks(problem)
    gutter = max((len(str(_last_line(marks))) for _, marks in blocks), default=1)
    for source, marks in blocks:
        line, column = source.position(marks[0].span.start)
        lines.append(f"  {paint.frame(f'{source.name}:{line}:{column}')}")
        lines += excerpt(source, marks, gutter, paint)
    for word, told in (("help", problem.help), ("fix", _fix(problem))):
        if told:
            first, *rest = told.rstrip("\n").split("\n")
            lines.append(f"  = {paint.repair(word + ':')} {first}")
            lines += [" " * (len(word) + 6) + line if line else "" for line in rest]
    return "\n".join(lines)


def one_line(text: str) -> str:
    """Return a text without line ends, so that a message stays one line."""
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text


def _fix(problem: Diagnostic) -> str | None:
    """Return the fix's title where `help` has not said as much already."""
    if problem.fix is None or problem.help:
        return None
    return problem.fix.title


def _blocks(problem: Diagnostic) -> list[tuple[SourceFile, Sequence[Mark]]]:
    """Return the places by source, the primary one first."""
    marks = [Mark(span=label.span, text=label.text, primary=False) for label in problem.labels]
    if problem.span is not None:
        marks.insert(0, Mark(span=problem.span, text="", primary=True))
    blocks: dict[SourceFile, list[Mark]] = {}
    for mark in marks:
        blocks.setdefault(mark.span.source, []).append(mark)
    return list(blocks.items())


def _last_line(marks: Sequence[Mark]) -> int:
    return max(mark.span.source.position(mark.span.start)[0] for mark in marks)
