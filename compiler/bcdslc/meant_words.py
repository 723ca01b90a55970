"""A command written as a text is refused where it wants a shell, unless quotes say otherwise.

So what looks like a shell's in such a command is meant as it stands, and the rule that warns of
it in a list of words has nothing to add.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.diagnostic import Diagnostic
from bcdsl.model import Command, Dag
from bcdsl.source import Span
from bcdslc.rule.misleads.shell_words import RULE


def without_meant_words(problems: Iterable[Diagnostic], dag: Dag) -> tuple[Diagnostic, ...]:
    """Return the findings but for those on words that quotes mark as meant."""
    found = tuple(problems)
    if not any(problem.code == RULE.code for problem in found):
        return found
    texts = tuple(_texts(dag))
    return tuple(
        problem
        for problem in found
        if problem.code != RULE.code or not _within(problem.span, texts)
    )


def _texts(dag: Dag) -> Iterator[Span]:
    for stage in dag.stages:
        for run in (stage.run, stage.on_error.run if stage.on_error else None):
            if isinstance(run, Command) and run.split:
                yield run.span


def _within(span: Span | None, texts: tuple[Span, ...]) -> bool:
    return span is not None and any(
        text.source is span.source and text.start <= span.start and span.end <= text.end
        for text in texts
    )
