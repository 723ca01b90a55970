"""That a replay sees what differs, and understands what it has never seen."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import excuse
import pytest
from replay import Replay
from running import NAMESPACES

from bcdslc.local.spawn import Spawn

OWN = Path(__file__).parent / "scenarios"


@pytest.fixture(scope="module")
def spawn() -> Iterator[Spawn]:
    """Return a spawner for all replays."""
    with Spawn() as spawn:
        yield spawn


def scenario() -> Any:
    """Return a scenario that goes as it says."""
    return json.loads((OWN / "11-renames.json").read_text())


def observed(steps: list[Any]) -> dict[str, Any]:
    """Return the first observation."""
    found: dict[str, Any] = next(step["observe"] for step in steps if "observe" in step)
    return found


CHANGES = {
    "state": lambda seen: seen["jobs"][0].update(state="KILLED"),
    "count": lambda seen: seen["jobs"][0]["counts"].update(skipped=1),
    "reason": lambda seen: seen["jobs"][0].update(reason="job stopped"),
    "commit_error": lambda seen: seen["jobs"][0].update(commit_error="datum x failed"),
    "datum": lambda seen: seen["jobs"][0]["datums"][0].update(state="RECOVERED"),
    "datums": lambda seen: seen["jobs"][0]["datums"].pop(),
    "job": lambda seen: seen["jobs"].pop(),
    "bytes": lambda seen: seen["outputs"]["p"].update({"/b": "b"}),
    "folder": lambda seen: seen["outputs"]["p"].pop("/d/"),
    "file": lambda seen: seen["outputs"]["p"].update({"/more": ""}),
}


@NAMESPACES
@pytest.mark.parametrize("what", CHANGES)
def test_a_wrong_recording_is_seen(what: str, spawn: Spawn, tmp_path: Path) -> None:
    """Whatever of a recording is changed, the replay says so and has no excuse."""
    changed = copy.deepcopy(scenario())
    CHANGES[what](observed(changed["steps"]))

    assert [d for d in Replay(tmp_path, spawn).play(changed) if d.reason is None]


@NAMESPACES
def test_a_step_of_an_unknown_kind_stops_nothing(spawn: Spawn, tmp_path: Path) -> None:
    """It is one difference each; the steps after it are replayed."""
    given = scenario()
    odd = [{"teleport": "p"}, {"put": {"src": 7}}, {"delete": {"nowhere": ["/x"]}}, {"create": {}}]
    given["steps"][2:2] = odd
    differences = Replay(tmp_path, spawn).play(given)

    assert [d.where for d in differences] == ["2", "3", "4", "5"]


@NAMESPACES
def test_what_else_was_seen_of_a_cluster_is_passed_over(spawn: Spawn, tmp_path: Path) -> None:
    """States over time, seconds, logs and states of pipelines are of a cluster only."""
    given = scenario()
    seen = [{name: {}} for name in ("pipeline_and_job_states", "seconds", "observe_log")]
    given["steps"] += [*seen, {"pipelines": {"p": {"state": "RUNNING"}}, "outputs": {"p": {}}}]
    (difference,) = Replay(tmp_path, spawn).play(given)

    assert "output p./c" in difference.where


@NAMESPACES
def test_a_paused_pipeline_waits_for_its_start(spawn: Spawn, tmp_path: Path) -> None:
    """Between stop and start there is no job, after it one for all that came meanwhile."""
    given = scenario()
    steps = given["steps"][:3]
    ended = {"pipeline": "p", "state": "SUCCESS", "reason": ""}
    steps += [{"stop_pipeline": "p"}, {"put": {"src": {"/c": "C"}}}, {"put": {"src": {"/e": "E"}}}]
    steps += [{"observe": {"jobs": []}}, {"start_pipeline": "p"}, {"observe": {"jobs": [ended]}}]

    assert Replay(tmp_path, spawn).play({"steps": steps}) == []


@NAMESPACES
def test_a_pipeline_made_anew_has_new_workers(spawn: Spawn, tmp_path: Path) -> None:
    """What an earlier pipeline of the name left in /tmp is gone with it."""
    shell = "echo x >> /tmp/n; cp /tmp/n /pfs/out/n"
    given = {"pfs": {"repo": "src", "glob": "/"}}
    create = {"pipeline": {"name": "p"}, "transform": {"cmd": ["sh", "-c", shell]}, "input": given}
    seen = {"observe": {"jobs": [{"pipeline": "p"}], "outputs": {"p": {"/n": "x\n"}}}}
    steps = [{"put": {"src": {"/a": "A"}}}, {"create": create}, seen]
    steps += [{"delete_pipeline": "p"}, {"create": create}, seen]

    assert Replay(tmp_path, spawn).play({"steps": steps}) == []


def test_excuses_hold_for_what_a_scenario_does() -> None:
    """A pipeline goes astray by what is done to it, and takes along what reads it, no other."""
    excuses = excuse.Excuses()
    for name, repo in (("p", "src"), ("q", "p"), ("r", "src")):
        given = {"pipeline": {"name": name}, "input": {"pfs": {"repo": repo, "glob": "/"}}}
        excuses.made(given, set(), None)
    excuses.stopped("p")

    assert [excuses.of_pipeline(name) for name in "pqr"] == [excuse.STOP, excuse.STOP, None]
