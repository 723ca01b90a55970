"""What comes after a plan's transaction, as numbered lines."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.plan.apply import calls_in_transaction
from bcdslc.plan.change import Change, Delete, Effect, Plan, Recreate, Update
from bcdslc.plan.step import Remove, Send, Start, Step, Stop, words
from bcdslc.view.table import table


def steps_lines(plan: Plan) -> Iterator[str]:
    """Yield the steps under their heading, each with what it costs."""
    first = bool(calls_in_transaction(plan) or plan.new_repos)
    yield f"{'after the transaction, ' if first else ''}one by one, and not undoable:"
    moves = {c.name: old for c in plan.changes if (old := _branch_left(c)) is not None}
    jobs = {c.name: c.jobs for c in plan.changes if isinstance(c, Update | Recreate | Delete)}
    rows = [
        [f"{number}. {words(step)}", _cost(step, moves, jobs)]
        for number, step in enumerate(plan.steps, 1)
    ]
    yield from table(rows)


def _cost(step: Step, moves: dict[str, str], jobs: dict[str, int]) -> str:
    match step:
        case Stop():
            why = (
                "its branch changes only so"
                if step.name in moves
                else "what it reads moves or goes"
            )
            return why + kills(jobs.get(step.name, 0))
        case Remove():
            again = "; it is made anew" if step.again else ""
            return f"its output is lost, with all history{again}"
        case Send():
            return "in one transaction"
        case Start():
            left = moves.get(step.name)
            return "a job starts" if left is None else f"a job starts; `{left}` stays as it is"


def kills(jobs: int) -> str:
    """Return what becomes of so many running jobs, to be put behind something."""
    return f"; kills {counted(jobs, 'running job')}" if jobs else ""


def counted(count: int, what: str) -> str:
    """Return a number of things."""
    return f"{count} {what}{'' if count == 1 else 's'}"


def _branch_left(change: Change) -> str | None:
    """Return the branch that a stage does not write any more."""
    if isinstance(change, Update):
        for each in change.fields:
            if each.effect is Effect.MOVES:
                return f"{change.name}@{each.difference.old}"
    return None
