"""The normal form: a spec and what the server stores of it are one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bcdslc.plan.difference import differences
from bcdslc.plan.filled_start import without_filled_starts
from bcdslc.plan.merge import effective
from bcdslc.plan.normal import normal
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json

STOCK = json.dumps(
    {
        "createPipelineRequest": {
            "resourceRequests": {"cpu": 1, "memory": "256Mi", "disk": "1Gi"},
            "sidecarResourceRequests": {"cpu": 1, "memory": "256Mi", "disk": "1Gi"},
        }
    }
)


def form(value: dict[str, Any], *, stored: bool = False) -> dict[str, Any]:
    """Return the normal form of a spec without defaults."""
    spec, _ = decode(value)
    assert spec is not None
    return normal(to_json(spec.request), "default", stored=stored)


def pipeline(**fields: Any) -> dict[str, Any]:
    """Return a small spec."""
    return {
        "pipeline": {"name": "p"},
        "transform": {"image": "i:1", "cmd": ["c"]},
        "input": {"pfs": {"repo": "in", "glob": "/*"}},
    } | fields


def test_a_spec_and_its_stored_form_do_not_differ(shared: Path) -> None:
    """No accepted spec differs from what a server stored of it, nor from its effective form."""
    rows = 0
    with gzip.open(shared / "conformance" / "verdicts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            assert ("stored" in row) is (row["verdict"] == "accepted"), row["id"]
            if "stored" not in row:
                continue
            rows += 1
            spec, _ = decode(row["spec"])
            assert spec is not None
            wanted = normal(effective(spec, "default", STOCK, ""), "default")
            named = row["stored"] | {"pipeline": row["effective"]["pipeline"]}
            stored = without_filled_starts(form(named, stored=True), wanted)
            assert differences(stored, wanted) == (), row["id"]
            assert differences(form(row["effective"]), wanted) == (), row["id"]
            assert normal(wanted, "default", stored=True) == wanted, row["id"]
    assert rows > 600


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"resourceRequests": {"memory": "1Gi"}}, {"resourceRequests": {"memory": "1024Mi"}}),
        ({"resourceRequests": {"cpu": 0.1}}, {"resourceRequests": {"cpu": 0.10000000149011612}}),
        ({"datumTimeout": "90s"}, {"datumTimeout": "90.0s"}),
        ({"parallelismSpec": {"constant": 1}}, {}),
        ({"datumTries": 3, "outputBranch": "master"}, {}),
        ({"autoscaling": False, "description": ""}, {}),
        ({"metadata": {"annotations": {"bcdsl.dag": "p/d"}}}, {}),
        ({"salt": "a"}, {"salt": "b"}),
        (
            {"input": {"pfs": {"repo": "in", "glob": "*", "joinOn": "${1}"}}},
            {"input": {"pfs": {"repo": "in", "glob": "/*", "joinOn": "$1", "branch": "master"}}},
        ),
        (
            {"tolerations": [{"key": "a"}, {"key": "b"}]},
            {"tolerations": [{"key": "b"}, {"key": "a"}]},
        ),
    ],
)
def test_spellings_of_one_thing_do_not_differ(one: Any, other: Any) -> None:
    """What means the same to the server is no difference, either way round."""
    first, second = form(pipeline(**one)), form(pipeline(**other))

    assert differences(first, second) == differences(second, first) == ()


def clock(**cron: str) -> dict[str, Any]:
    """Return the form of a spec that reads a clock."""
    return form(pipeline(input={"cron": {"name": "tick", "spec": "@daily", **cron}}))


def test_a_start_that_is_gone_is_a_change_where_it_was_sent() -> None:
    """What was sent had a start: taking it out resets it. What is stored always has one."""
    noon = "2024-01-01T12:00:00Z"
    path = ("input", "tick", "cron", "start")
    assert [each.path for each in differences(clock(start=noon), clock())] == [path]
    assert [each.path for each in differences(clock(), clock(start=noon))] == [path]

    def filled(stored: dict[str, Any], wanted: dict[str, Any]) -> list[Any]:
        return [each.path for each in differences(without_filled_starts(stored, wanted), wanted)]

    assert filled(clock(start=noon), clock()) == []
    assert filled(clock(start=noon), clock(start="2024-01-01T12:00:00.000Z")) == []
    assert filled(clock(start=noon), clock(start="2025-01-01T12:00:00Z")) == [path]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"resourceRequests": {"memory": "1G"}}, ("resourceRequests",)),
        ({"transform": {"image": "i:2", "cmd": ["c"]}}, ("transform", "image")),
        ({"transform": {"image": "i:1", "cmd": ["d"]}}, ("transform", "cmd")),
        ({"transform": {"image": "i:1", "cmd": ["c"], "env": {"A": ""}}}, ("transform", "env")),
        ({"input": {"pfs": {"repo": "in", "glob": "/"}}}, ("input", "in", "pfs", "glob")),
        ({"spout": {}}, ("spout",)),
        (
            {"metadata": {"annotations": {"bcdsl.dag": "p/d", "a": "b"}}},
            ("metadata",),
        ),
    ],
)
def test_what_differs_is_told_by_its_path(change: Any, path: tuple[str, ...]) -> None:
    """A change is one difference, at the changed field."""
    found = differences(form(pipeline()), form(pipeline(**change)))

    assert [each.path for each in found] == [path]


def test_inputs_stand_in_the_servers_order() -> None:
    """Inputs that are written in another order are the same tree, unless they have no names."""
    parts = [{"pfs": {"repo": name, "name": name, "glob": "/"}} for name in ("b", "a")]
    bare = [{"pfs": {"repo": name, "glob": "/"}} for name in ("b", "a")]

    turned = form(pipeline(input={"cross": parts[::-1]}))
    assert differences(form(pipeline(input={"cross": parts})), turned) == ()
    turned = form(pipeline(input={"cross": bare[::-1]}))
    assert differences(form(pipeline(input={"cross": bare})), turned) != ()
