"""Carrying out the fixes that problems bring."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bcdsl.diagnostic import Diagnostic, Edit
from bcdsl.frozen import dataclass
from bcdsl.report.order import in_order
from bcdsl.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """The new texts of the sources that change, and which problems' fixes are in them."""

    texts: Mapping[SourceFile, str]
    done: tuple[Diagnostic, ...]


def apply_fixes(problems: Iterable[Diagnostic]) -> Repaired:
    """Return the sources with every fix applied that does not touch another's place.

    A fix is applied whole or not at all; of two that overlap the first in reading order wins,
    and the other can be applied in a second run. Text outside the edits stays as it is.
    """
    taken: dict[SourceFile, list[Edit]] = {}
    done = []
    for problem in in_order(problems):
        edits = problem.fix.edits if problem.fix else ()
        new = [edit for edit in edits if not _known(edit, taken.get(edit.span.source, []))]
        if not edits or any(_clash(edit, taken.get(edit.span.source, [])) for edit in new):
            continue
        for edit in new:
            taken.setdefault(edit.span.source, []).append(edit)
        done.append(problem)
    return Repaired(
        texts={source: _edited(source.text, edits) for source, edits in taken.items()},
        done=tuple(done),
    )


def _known(edit: Edit, others: list[Edit]) -> bool:
    """Return whether the same edit is made already (two problems with one repair)."""
    return any(_ends(edit) == _ends(other) and edit.text == other.text for other in others)


def _clash(edit: Edit, others: list[Edit]) -> bool:
    start, end = _ends(edit)
    return any(
        (start < right and left < end) or start == left for left, right in map(_ends, others)
    )


def _ends(edit: Edit) -> tuple[int, int]:
    return edit.span.start, edit.span.end


def _edited(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, key=_ends, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
