"""A plan as a picture: a line a stage, its changed fields below it, and what comes after."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from bcdslc.plan.change import (
    Change,
    Create,
    Delete,
    Effect,
    FieldChange,
    Keep,
    Plan,
    Recreate,
    Update,
)
from bcdslc.plan.hide import hidden, hidden_in
from bcdslc.spec.origin import Path
from bcdslc.view.steps_text import counted, kills, steps_lines
from bcdslc.view.table import table

WIDEST = 60
LEAD = 20  # letters of a long value that are shown before what differs


def plan_text(plan: Plan, *, all: bool = False) -> str:
    """Return a plan as text; with `all` also what stands in the project beside it."""
    return "\n".join(_lines(plan, all)) + "\n"


def _lines(plan: Plan, all: bool) -> Iterator[str]:
    if plan.new_project:
        yield f"+ project {plan.project}"
    for repo in plan.new_repos:
        yield f"+ repo {repo}"
    rows = [_row(change) for change in plan.changes]
    lines = list(table(rows, indent="")) if rows else []
    for change, line in zip(plan.changes, lines, strict=True):
        yield line
        if isinstance(change, Update | Recreate):
            yield from _fields(change)
    if plan.downstream:
        yield ""
        yield "others downstream:"
        yield from table([[name, effect.value] for name, effect in plan.downstream])
    if plan.steps:
        yield ""
        yield from steps_lines(plan)
    if all and plan.others:
        yield ""
        yield f"beside this document: {', '.join(plan.others)}"
    yield ""
    yield summary(plan)
    yield from _advice(plan)


def _row(change: Change) -> list[str]:
    match change:
        case Create():
            return [f"+ {change.name}", "create", Effect.ALL_DATUMS.value]
        case Keep():
            effect = change.effect.value + _after(change.because) if change.because else ""
            return [f"= {change.name}", "no change", effect]
        case Update():
            effect = change.effect.value + _after(change.because)
            return [f"~ {change.name}", _word(change), effect + kills(change.jobs)]
        case Recreate():
            return [f"! {change.name}", "recreate", Effect.RECREATE.value + kills(change.jobs)]
        case Delete():
            return [f"- {change.name}", "delete", "with all it wrote" + kills(change.jobs)]


def _after(because: tuple[str, ...]) -> str:
    return f" (after {', '.join(because)})" if because else ""


def _word(change: Update) -> str:
    if change.fields:
        return "change"
    return "run again" if change.reprocess else "restart"


def _fields(change: Update | Recreate) -> Iterator[str]:
    whole = change.effect if isinstance(change, Update) else Effect.RECREATE
    again = isinstance(change, Update) and change.reprocess
    for each in change.fields:
        yield from _field(each, said=each.effect is whole or again or whole is Effect.RECREATE)


def _field(each: FieldChange, *, said: bool) -> Iterator[str]:
    place = f"  {each.line[0]}:{each.line[1]}" if each.line else ""
    yield f"    {path_text(each.difference.path)}{place}"
    old, new = _value(each.difference.old), _value(each.difference.new)
    start = _start(old, new)
    for sign, value, text in (("-", each.difference.old, old), ("+", each.difference.new, new)):
        if value is not None:
            yield f"      {sign} {_cut(text, start)}"
    if not said:
        yield f"      {each.effect.value}"


def path_text(path: Path) -> str:
    """Return a path as people write it."""
    return ".".join(str(step) for step in path)


def _value(value: Any) -> str:
    text = hidden(value) if isinstance(value, str) else json.dumps(hidden_in(value))
    return text.replace("\n", "⏎")


def _start(old: str, new: str) -> int:
    """Return where two values are shown from: the beginning, if what differs is seen then."""
    unlike = (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b)
    common = next(unlike, min(len(old), len(new)))
    return max(0, common - LEAD) if common > WIDEST - LEAD else 0


def _cut(text: str, start: int) -> str:
    """Return what fits of a text."""
    text = f"…{text[start + 1 :]}" if start else text
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


def summary(plan: Plan) -> str:
    """Return a plan in one line."""
    if plan.empty:
        return f"nothing to do: {counted(len(plan.changes), 'stage')} as the document says"
    said = []
    if plan.new_repos:
        said.append(f"{counted(len(plan.new_repos), 'repo')} to make")
    if plan.new_project:
        said.append("a project to make")
    words = ((Create, "to create"), (Update, "to change"), (Recreate, "to recreate"),
             (Delete, "to delete"), (Keep, "unchanged"))  # fmt: skip
    for kind, word in words:
        count = sum(isinstance(change, kind) for change in plan.changes)
        if count:
            said.append(f"{count} {word}")
    if plan.jobs:
        said.append(f"kills {counted(plan.jobs, 'running job')}")
    return ", ".join(said)


def _advice(plan: Plan) -> Iterator[str]:
    for repo in plan.left_behind:
        yield f"the repo `{repo}` stays behind with its ticks: no pipeline makes it any more"
    stale = [
        change.name
        for change in plan.changes
        if isinstance(change, Update)
        and any(each.effect is Effect.OLD_RESULTS for each in change.fields)
        and not change.reprocess
        and change.effect not in (Effect.ALL_DATUMS, Effect.MOVES, Effect.REFUSED)
    ]
    if stale:
        words = " ".join(f"--reprocess {name}" for name in stale)
        yield f"to run the new code on all datums: `{words}`, or `reprocess_when: every_job`"
