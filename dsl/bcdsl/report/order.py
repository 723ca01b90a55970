"""The order in which problems are shown, and which of them say the same thing."""

from __future__ import annotations

from collections.abc import Iterable

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile

RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def in_order(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems sorted by place, each once.

    Sources keep the order in which they first appear; what has no place comes first. Two
    problems are one if code, place and message agree: a value that an alias or an overlay
    brings to several stages is wrong once.
    """
    sources: dict[SourceFile, int] = {}
    unique: dict[object, Diagnostic] = {}
    for problem in problems:
        span = problem.span
        place = (
            (sources.setdefault(span.source, len(sources)), span.start, span.end) if span else ()
        )
        unique.setdefault((problem.code, place, problem.message), problem)

    def key(problem: Diagnostic) -> tuple[object, ...]:
        span = problem.span
        at = (sources[span.source], span.start, span.end) if span else (-1, 0, 0)
        return (*at, RANK[problem.severity], problem.code, problem.message)

    return tuple(sorted(unique.values(), key=key))


def worst_first(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return ordered problems with errors before warnings before notes."""
    return tuple(sorted(problems, key=lambda problem: RANK[problem.severity]))
