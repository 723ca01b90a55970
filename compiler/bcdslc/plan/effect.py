"""What a changed field sets off (sections 4.1 to 4.3 and 5.10 of the spec reference).

A datum's ID is made from the names, repos, branches and paths of its files; its hash from that,
the files' contents and the salt. Code and resources are in neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bcdslc.plan.change import Effect
from bcdslc.plan.difference import Difference
from bcdslc.spec.origin import Path

CODE = ("transform", "podPatch", "podSpec", "s3Out")
NO_CODE = ("debug", "dockerfile", "imagePullSecrets", "memoryVolume", "datumBatching")
# Of an input's fields: those that are in a datum's ID or, as `reference`, decide what is in its
# hash; those that change what the program sees, but no hash; those that change neither.
HASHED = ("name", "repo", "branch", "reference")
SEEN = ("emptyFiles",)
NOT_HASHED = ("lazy", "s3", "trigger", "propagationSpec", "commit")
OF_A_CLOCK = ("spec", "start", "overwrite", "commit")

ORDER = tuple(Effect)


def effect_of(change: Difference, new: dict[str, Any], asleep: bool) -> Effect:
    """Return what a difference does to a pipeline that will be `new`, or stays stopped."""
    path = change.path
    if path in (("spout",), ("service",)) and (change.old is None or change.new is None):
        return Effect.RECREATE
    if path == ("outputBranch",):
        return Effect.MOVES
    if asleep:
        return Effect.NOTHING_RUNS
    if kind(new) is not None:
        return Effect.RESTARTS
    if runs_always(new):
        return Effect.ALL_DATUMS
    if path[0] == "input":
        return _of_input(path)
    if path[0] in CODE and not (len(path) > 1 and path[1] in NO_CODE):
        return Effect.OLD_RESULTS
    return Effect.SKIPS


def _of_input(path: Path) -> Effect:
    if len(path) < 4:
        return Effect.ALL_DATUMS  # another tree: other entries in each datum
    form, field = path[2], path[3]
    if field in HASHED:
        return Effect.ALL_DATUMS
    if field in SEEN:
        return Effect.OLD_RESULTS
    if field in NOT_HASHED or (form == "cron" and field in OF_A_CLOCK):
        return Effect.SKIPS
    return Effect.NEW_DATUMS


def kind(spec: dict[str, Any]) -> str | None:
    """Return `spout` or `service`, None for a pipeline that makes jobs of datums."""
    return next((each for each in ("spout", "service") if each in spec), None)


def runs_always(spec: dict[str, Any]) -> bool:
    """Tell whether every job of a pipeline runs all its datums."""
    return spec.get("reprocessSpec") == "every_job" or bool(spec.get("s3Out"))


def strongest(effects: Iterable[Effect]) -> Effect:
    """Return the one that matters most; nothing runs where there is none."""
    return max(effects, key=ORDER.index, default=Effect.NOTHING_RUNS)


def passed_on(upstream: Effect, reader: dict[str, Any]) -> Effect:
    """Return what a reader does when its upstream has a new commit.

    Every update makes a new output commit, and every commit a job downstream. Nothing comes of
    what a spout or service does, nor from a branch that is written no more.
    """
    silent = (Effect.NOTHING_RUNS, Effect.RESTARTS, Effect.MOVES, Effect.REFUSED)
    if upstream in silent or "spout" in reader:
        return Effect.NOTHING_RUNS
    if "service" in reader:
        return Effect.RESTARTS
    if runs_always(reader):
        return Effect.ALL_DATUMS
    if upstream in (Effect.SKIPS, Effect.OLD_RESULTS):
        return Effect.SKIPS
    return Effect.NEW_DATUMS
