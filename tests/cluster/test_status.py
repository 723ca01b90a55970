"""`status` against the stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli import status
from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn

DOCUMENT = """\
dag: state
project: lab
repos: [scans]
defaults: {image: 'tools:1'}
stages:
  a:
    from: scans:/<x>
    cmd: a
    hardware: {memory: 900G}
  b: {from: 'a:/<x>', cmd: b}
"""


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def applied(
    server: StandIn, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[list[str]]:
    """Apply the document; yield what follows the name of a command."""
    path = tmp_path / "state.bc.yaml"
    path.write_text(DOCUMENT)
    with serving(server) as address:
        arguments = [str(path), "--address", address]
        assert run(["apply", *arguments, "--yes"]) == 0
        for each in server.state.pipelines.values():
            each.last_job = "JOB_SUCCESS"
        capsys.readouterr()
        yield arguments


PICTURE = """\
stage   state         version   document                   last job
a       running       1         in step                    success, 9 of 10 datums, 4 skipped, 1 failed, 1 min 5 s
b       standing by   1         drifted: transform.image   success
"""  # noqa: E501


def test_the_picture(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """State, version, drift and the last job's counts stand in a line a stage."""
    server.state.jobs["lab", "a"] = {
        "dataProcessed": "5",
        "dataSkipped": "4",
        "dataFailed": "1",
        "dataTotal": "10",
        "started": "2026-01-01T10:00:00Z",
        "finished": "2026-01-01T10:01:05Z",
    }
    server.state.pipelines["lab", "b"].effective["transform"]["image"] = "hand:1"
    server.state.pipelines["lab", "b"].state = "PIPELINE_STANDBY"

    assert run(["status", *applied]) == 2
    assert capsys.readouterr().out == PICTURE


def test_all_well_and_missing(server: StandIn, applied: list[str]) -> None:
    """In step is 0; a stage that is not there is 2."""
    assert run(["status", *applied]) == 0
    del server.state.pipelines["lab", "b"]
    assert run(["status", *applied]) == 2


@pytest.mark.parametrize(
    ("state", "reason", "code", "line"),
    [
        ("PIPELINE_CRASHING", "ImagePullBackOff: tools:1", "BC825", 4),
        ("PIPELINE_CRASHING", "Unschedulable: 0/3 nodes are available", "BC826", 9),
        ("PIPELINE_FAILURE", "could not update resources after 3 attempts: x", "BC827", 6),
        ("PIPELINE_FAILURE", "the moon", "BC828", 6),
    ],
)
def test_trouble_is_told_at_its_line(
    state: str, reason: str, code: str, line: int, server: StandIn, applied: list[str],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A reason of Kubernetes becomes what to change, where it is written."""
    server.state.pipelines["lab", "a"].state = state
    server.state.pipelines["lab", "a"].reason = reason

    assert run(["status", *applied]) == 1
    said = capsys.readouterr().err
    assert f"error[{code}]" in said
    assert f"state.bc.yaml:{line}:" in said
    assert reason in said


def test_a_failed_job(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The newest job's failure is trouble, told with its reason."""
    server.state.jobs["lab", "a"] = {"state": "JOB_FAILURE", "reason": "exit status 3"}

    assert run(["status", *applied]) == 1
    assert "error[BC829]: the last job of `a` failed: exit status 3" in capsys.readouterr().err


def test_for_programs(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """`--json` gives the same as a value."""
    assert run(["status", *applied, "--json"]) == 0
    value = json.loads(capsys.readouterr().out)

    assert [each["name"] for each in value] == ["a", "b"]
    assert value[0]["pipeline"]["state"] == "PIPELINE_RUNNING"
    assert value[0]["job"]["state"] == "JOB_SUCCESS"


def test_watching_ends_with_the_last_job(
    server: StandIn, applied: list[str],
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """It looks again while a job runs, and shows what changed."""
    monkeypatch.setattr(status, "PAUSE", 0.01)
    server.state.pipelines["lab", "a"].last_job = "JOB_RUNNING"
    looks = {"count": 0}

    def end(name: str) -> None:
        looks["count"] += name.endswith("GetVersion")
        if looks["count"] == 3:
            server.state.pipelines["lab", "a"].last_job = "JOB_SUCCESS"

    server.before = end
    assert run(["status", *applied, "--watch"]) == 0
    out = capsys.readouterr().out
    assert out.count("stage ") == 2
    assert looks["count"] == 3


def test_jobs_behind_the_newest_are_counted(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What else of a stage runs, and what waits for a start, is said."""
    a, b = server.state.pipelines["lab", "a"], server.state.pipelines["lab", "b"]
    a.earlier_jobs = ("JOB_RUNNING", "JOB_CREATED", "JOB_SUCCESS")
    b.stopped, b.state, b.job_version = True, "PIPELINE_PAUSED", 0
    b.effective["metadata"]["annotations"]["bcdsl.start"] = "due"

    assert run(["status", *applied]) == 0
    out = capsys.readouterr().out
    assert "success, 2 more running" in out
    assert "stopped; an apply was cut off, apply again" in out
    assert run(["status", *applied, "--json"]) == 0
    first, second = json.loads(capsys.readouterr().out)
    assert (first["running"], second["unstarted"]) == (2, True)
    assert run(["plan", *applied, "--detailed-exitcode"]) == 2
    assert "1. start `b`   a job starts" in capsys.readouterr().out
    b.job_version = 1  # it was started, and somebody stopped it later
    assert run(["plan", *applied, "--detailed-exitcode"]) == 0


def test_watching_is_interrupted(
    server: StandIn, applied: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two looks ends it with the code of Ctrl-C."""

    def press(_seconds: float) -> None:
        raise KeyboardInterrupt

    server.state.pipelines["lab", "a"].last_job = "JOB_RUNNING"
    monkeypatch.setattr(status.time, "sleep", press)
    assert run(["status", *applied, "--watch"]) == 130
