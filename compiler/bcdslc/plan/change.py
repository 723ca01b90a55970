"""A plan as a value: what would be made, changed and deleted, and what that sets off."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.plan.difference import Difference
from bcdslc.plan.step import Step


class Effect(Enum):
    """What a change sets off, from the least to the most."""

    NOTHING_RUNS = "nothing runs"
    SKIPS = "a job that skips all datums"
    RESTARTS = "its program starts anew"
    OLD_RESULTS = "old results stay although the code changed"
    NEW_DATUMS = "new and changed datums only"
    ALL_DATUMS = "all datums run"
    MOVES = "writes to another branch: all datums run"
    REFUSED = "refused by the server"
    RECREATE = "must be recreated"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One difference, where the document says it, and what it sets off."""

    difference: Difference
    effect: Effect
    line: tuple[str, int] | None = None  # file and line of the document


@dataclass(frozen=True, slots=True, kw_only=True)
class Create:
    """A stage that is not there yet."""

    name: str
    spec: dict[str, Any]  # as it is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """A stage that stands as the document says it; `effect` is what upstream changes set off."""

    name: str
    effect: Effect = Effect.NOTHING_RUNS
    because: tuple[str, ...] = ()  # the changed stages upstream


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """A stage that stands and says something else, or is to be run again.

    One that is `held` is sent while it stands stopped, and started after that. `because` names
    the stages upstream that set its effect off. `jobs` of it run now, and are killed.
    """

    name: str
    spec: dict[str, Any]
    fields: tuple[FieldChange, ...]
    effect: Effect
    reprocess: bool = False
    held: bool = False
    because: tuple[str, ...] = ()
    jobs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recreate:
    """A stage that is deleted with its output and made anew: no update leads to what it says."""

    name: str
    spec: dict[str, Any]
    fields: tuple[FieldChange, ...]
    jobs: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """A pipeline with our mark that the document no longer has."""

    name: str
    jobs: int = 0


StageChange: TypeAlias = Create | Keep | Update | Recreate  # of a stage of the document
Change: TypeAlias = StageChange | Delete


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would change, in the order in which it would be done.

    `base` says what the plan rests on: version and spec commit of each pipeline that is a stage
    or is to be pruned, None for one that was not there. `steps` come after the transaction and
    cannot be undone; changes that none of them names are in the transaction.
    """

    project: str
    dag: str | None
    new_project: bool
    new_repos: tuple[str, ...]
    changes: tuple[Change, ...]
    base: tuple[tuple[str, tuple[int, str] | None], ...]
    steps: tuple[Step, ...] = ()
    downstream: tuple[tuple[str, Effect], ...] = ()  # pipelines of others that would run
    others: tuple[str, ...] = ()  # what else stands in the project
    left_behind: tuple[str, ...] = ()  # tick repos of clocks that are gone or named otherwise
    cycles: tuple[tuple[str, str], ...] = ()  # stages that would read their own output through …

    @property
    def empty(self) -> bool:
        """Nothing would be sent."""
        kept = all(isinstance(change, Keep) for change in self.changes)
        return kept and not (self.new_project or self.new_repos or self.steps)

    @property
    def jobs(self) -> int:
        """The number of jobs that would be killed."""
        return sum(c.jobs for c in self.changes if isinstance(c, Update | Recreate | Delete))
