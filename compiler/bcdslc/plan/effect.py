"""What a changed field sets off (sections 4.1 to 4.3 of the spec reference).

A datum's ID is made from the names, repos, branches and paths of its files; its hash from that,
the files' contents and the salt. Code and resources are in neither.
"""

from __future__ import annotations

from typing import Any

from bcdslc.plan.change import Effect
from bcdslc.plan.difference import Difference
from bcdslc.spec.origin import Path

IDENTITY = ("name", "repo", "branch")
NOT_HASHED = ("lazy", "s3", "trigger", "propagationSpec")
CODE = ("transform", "podPatch", "podSpec")
NO_CODE = ("debug", "dockerfile", "imagePullSecrets", "memoryVolume", "datumBatching")

ORDER = tuple(Effect)


def effect_of(change: Difference, new: dict[str, Any], stopped: bool) -> Effect:
    """Return what a difference does to a pipeline that will be `new`."""
    path = change.path
    if path in (("spout",), ("service",)) and (change.old is None or change.new is None):
        return Effect.RECREATE
    if path == ("outputBranch",):
        return Effect.REFUSED
    if stopped or "spout" in new:
        return Effect.NOTHING_RUNS
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
    field = path[3]
    if field in IDENTITY:
        return Effect.ALL_DATUMS
    if field == "emptyFiles":
        return Effect.OLD_RESULTS
    if field in NOT_HASHED:
        return Effect.SKIPS
    return Effect.NEW_DATUMS


def runs_always(spec: dict[str, Any]) -> bool:
    """Tell whether every job of a pipeline runs all its datums."""
    return spec.get("reprocessSpec") == "every_job" or bool(spec.get("s3Out"))


def strongest(effects: list[Effect]) -> Effect:
    """Return the one that matters most; nothing runs where there is none."""
    return max(effects, key=ORDER.index, default=Effect.NOTHING_RUNS)


def passed_on(upstream: Effect, reader: dict[str, Any]) -> Effect:
    """Return what a reader does when its upstream has a new commit.

    Every update makes a new output commit, and every commit a job downstream.
    """
    if upstream is Effect.NOTHING_RUNS or upstream in (Effect.REFUSED, Effect.RECREATE):
        return Effect.NOTHING_RUNS
    if "spout" in reader:
        return Effect.NOTHING_RUNS
    if runs_always(reader):
        return Effect.ALL_DATUMS
    if upstream in (Effect.ALL_DATUMS, Effect.NEW_DATUMS):
        return Effect.NEW_DATUMS
    return Effect.SKIPS
