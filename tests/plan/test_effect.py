"""What each field of a spec sets off when it changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bcdslc.plan.change import Effect, Recreate, Update
from bcdslc.plan.decide import decide
from bcdslc.spec import message
from bcdslc.spec.field import fields_of
from plan.standing import changed, spec, standing, wish

NOTHING, SKIPS, RESTARTS, OLD, NEW, ALL, MOVES, RECREATE = (
    Effect.NOTHING_RUNS,
    Effect.SKIPS,
    Effect.RESTARTS,
    Effect.OLD_RESULTS,
    Effect.NEW_DATUMS,
    Effect.ALL_DATUMS,
    Effect.MOVES,
    Effect.RECREATE,
)
RESOURCES = {"cpu": 2, "memory": "2Gi", "gpu": {"type": "nvidia.com/gpu", "number": 1}}

# field: another value, and what that sets off (sections 4.1 to 4.3 of the spec reference);
# None where the field is no part of what is compared
TOP: dict[str, tuple[Any, Effect | None]] = {
    "pipeline": (None, None),
    "description": ("text", SKIPS),
    "tfJob": (None, None),
    "transform": (None, None),
    "input": ({"pfs": {"repo": "other", "name": "other", "glob": "/*"}}, ALL),
    "parallelismSpec": ({"constant": 4}, SKIPS),
    "autoscaling": (True, SKIPS),
    "resourceRequests": (RESOURCES, SKIPS),
    "resourceLimits": (RESOURCES, SKIPS),
    "sidecarResourceRequests": (RESOURCES, SKIPS),
    "sidecarResourceLimits": (RESOURCES, SKIPS),
    "schedulingSpec": ({"nodeSelector": {"a": "b"}, "priorityClassName": "high"}, SKIPS),
    "tolerations": ([{"key": "a", "operator": "EXISTS"}], SKIPS),
    "datumSetSpec": ({"number": 5}, SKIPS),
    "datumTimeout": ("60s", SKIPS),
    "jobTimeout": ("60s", SKIPS),
    "datumTries": (7, SKIPS),
    "reprocessSpec": ("every_job", ALL),
    "outputBranch": ("other", MOVES),
    "egress": ({"URL": "s3://bucket/x"}, SKIPS),
    "s3Out": (True, ALL),
    "service": ({"internalPort": 80}, RECREATE),
    "spout": ({}, RECREATE),
    "metadata": ({"labels": {"a": "b"}}, SKIPS),
    "podSpec": ('{"hostNetwork": true}', OLD),
    "podPatch": ('[{"op": "add", "path": "/x", "value": 1}]', OLD),
    "salt": ("other", None),
    "maximumExpectedUptime": ("60s", SKIPS),
    "determined": ({"workspaces": ["w"]}, SKIPS),
    "update": (None, None),
    "reprocess": (None, None),
    "specCommit": (None, None),
    "dryRun": (None, None),
}
TRANSFORM: dict[str, tuple[Any, Effect]] = {
    "image": ("i:2", OLD),
    "cmd": (["other"], OLD),
    "errCmd": (["e"], OLD),
    "env": ({"A": "b"}, OLD),
    "secrets": ([{"name": "s", "mountPath": "/s"}], OLD),
    "imagePullSecrets": (["s"], SKIPS),
    "stdin": (["x"], OLD),
    "errStdin": (["x"], OLD),
    "acceptReturnCode": ([3], OLD),
    "debug": (True, SKIPS),
    "user": ("other", OLD),
    "workingDir": ("/x", OLD),
    "dockerfile": ("./x", SKIPS),
    "memoryVolume": (True, SKIPS),
    "datumBatching": (True, SKIPS),
}
PFS: dict[str, tuple[Any, Effect]] = {
    "project": ("q", NEW),  # not in a datum's ID: equal content is skipped
    "name": ("other", ALL),
    "repo": ("other", ALL),
    "repoType": ("meta", NEW),
    "branch": ("other", ALL),
    "commit": ("c", SKIPS),
    "glob": ("/*/*", NEW),
    "joinOn": ("$1", NEW),
    "outerJoin": (True, NEW),
    "groupBy": ("$1", NEW),
    "lazy": (True, SKIPS),
    "emptyFiles": (True, OLD),
    "s3": (True, SKIPS),
    "trigger": ({"branch": "b", "size": "1G"}, SKIPS),
    "propagationSpec": ({"never": True}, SKIPS),
    "reference": (True, ALL),  # decides whether content is in a datum's hash
}
CRON: dict[str, tuple[Any, Effect]] = {
    "name": ("other", ALL),
    "project": ("q", NEW),
    "repo": ("other", ALL),
    "commit": ("c", SKIPS),
    "spec": ("@daily", SKIPS),
    "overwrite": (True, SKIPS),
    "start": ("2026-01-01T00:00:00Z", SKIPS),
}


def test_every_field_is_in_a_table() -> None:
    """A field that is added to a message must say what it sets off."""
    tables = (
        ("CreatePipelineRequest", TOP),
        ("Transform", TRANSFORM),
        ("PfsInput", PFS),
        ("CronInput", CRON),
    )
    for name, table in tables:
        assert {each.camel for each in fields_of(getattr(message, name))} == set(table), name


def cases() -> Iterator[Any]:
    """Yield the spec before, what is laid over it, and the effect of each field."""
    clock = {"input": {"cron": {"name": "tick", "spec": "@never"}}}
    base: dict[str, Any] = {"transform": {"image": "i:1", "cmd": ["c"]}}
    pfs = {"repo": "in", "name": "in", "branch": "master", "glob": "/*"}
    for field, (value, effect) in TOP.items():
        if effect is not None:
            yield pytest.param({}, {field: value}, effect, id=field)
    for field, (value, effect) in TRANSFORM.items():
        over = {"transform": base["transform"] | {field: value}}
        yield pytest.param(base, over, effect, id=f"transform.{field}")
    for field, (value, effect) in PFS.items():
        over = {"input": {"pfs": pfs | {field: value}}}
        yield pytest.param({"input": {"pfs": pfs}}, over, effect, id=f"pfs.{field}")
    for field, (value, effect) in CRON.items():
        over = {"input": {"cron": clock["input"]["cron"] | {field: value}}}
        yield pytest.param(clock, over, effect, id=f"cron.{field}")


@pytest.mark.parametrize(("before", "over", "effect"), list(cases()))
def test_a_changed_field_sets_off(before: Any, over: Any, effect: Effect) -> None:
    """Given or taken away, a field sets off the same, but for what only its presence does."""
    old, new = spec("a", **before), spec("a", **before) | over
    (given,) = decide(wish(new), standing(old)).changes
    (taken,) = decide(wish(old), standing(new)).changes

    if effect is RECREATE:
        assert isinstance(given, Recreate)
        assert isinstance(taken, Recreate)
        return
    assert isinstance(given, Update)
    assert given.effect is effect
    assert isinstance(taken, Update)
    if set(over) == {"reprocessSpec"}:
        assert taken.effect is SKIPS  # nothing runs twice any more
    elif set(over) == {"s3Out"}:
        assert taken.effect is OLD  # what was sent to the bucket stays there
    else:
        assert taken.effect is effect


def test_a_value_that_is_not_compared() -> None:
    """An update keeps the salt of the creation, whatever it says."""
    assert decide(wish(spec("a", salt="x")), standing(spec("a", salt="y"))).empty


@pytest.mark.parametrize("kind", [{"service": {"internalPort": 80}}, {"spout": {}}])
def test_a_program_that_serves_starts_anew(kind: Any) -> None:
    """Of a spout or service no datums run, whatever changes."""
    for more in ({"description": "x"}, {"transform": {"image": "i:2", "cmd": ["c"]}}):
        old = spec("a", **kind)
        (change,) = decide(wish(old | more), standing(old)).changes
        assert isinstance(change, Update)
        assert change.effect is RESTARTS
    port = {"service": {"internalPort": 81}}
    if "service" in kind:
        (change,) = decide(wish(spec("a", **port)), standing(spec("a", **kind))).changes
        assert isinstance(change, Update)
        assert change.effect is RESTARTS


@pytest.mark.parametrize("field", [field for field, (_, effect) in TOP.items() if effect])
def test_a_stopped_pipeline_runs_nothing(field: str) -> None:
    """An update of a stopped pipeline starts no job, but where it has to be started."""
    value, effect = TOP[field]
    there = changed(standing(spec("a")), "a", stopped=True)
    (change,) = decide(wish(spec("a") | {field: value}), there).changes

    if effect is RECREATE:
        assert isinstance(change, Recreate)
    else:
        assert isinstance(change, Update)
        assert change.effect is (MOVES if effect is MOVES else NOTHING)
