"""A plan as a value: what would be made, changed and deleted, and what that sets off."""

from __future__ import annotations

from enum import Enum
from typing import Any, TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.plan.difference import Difference


class Effect(Enum):
    """What a change sets off, from the least to the most."""

    NOTHING_RUNS = "nothing runs"
    SKIPS = "a job that skips all datums"
    OLD_RESULTS = "old results stay although the code changed"
    NEW_DATUMS = "new and changed datums only"
    ALL_DATUMS = "all datums run"
    REFUSED = "refused by the server"
    RECREATE = "must be recreated"


BLOCKING = (Effect.REFUSED, Effect.RECREATE)


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
    """A stage that stands and says something else, or is to be run again."""

    name: str
    spec: dict[str, Any]
    fields: tuple[FieldChange, ...]
    effect: Effect
    reprocess: bool = False
    kills: bool = False  # a job of it runs now


@dataclass(frozen=True, slots=True, kw_only=True)
class Delete:
    """A pipeline with our mark that the document no longer has."""

    name: str


Change: TypeAlias = Create | Keep | Update | Delete


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would change, in the order in which it would be done.

    `base` says what the plan rests on: version and spec commit of each stage's pipeline, None
    for one that was not there.
    """

    project: str
    dag: str | None
    new_project: bool
    new_repos: tuple[str, ...]
    changes: tuple[Change, ...]
    base: tuple[tuple[str, tuple[int, str] | None], ...]
    downstream: tuple[tuple[str, Effect], ...] = ()  # pipelines of others that would run
    others: tuple[str, ...] = ()  # what else stands in the project

    @property
    def empty(self) -> bool:
        """Nothing would be sent."""
        kept = all(isinstance(change, Keep) for change in self.changes)
        return kept and not self.new_project and not self.new_repos

    @property
    def blocked(self) -> tuple[Update, ...]:
        """The updates that cannot be carried out as updates."""
        return tuple(
            change
            for change in self.changes
            if isinstance(change, Update) and change.effect in BLOCKING
        )
