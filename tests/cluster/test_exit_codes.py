"""What each command about a cluster exits with, in each situation."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster.channel import Channel
from cluster.serve import serving
from cluster.stand_in import Refused, StandIn

DOCUMENT = """\
dag: codes
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
"""
COMMANDS = {
    "plan": ["plan", "FILE"],
    "apply": ["apply", "FILE", "--yes"],
    "status": ["status", "FILE"],
    "destroy": ["destroy", "FILE", "--yes"],
    "put": ["put", "FILE", "scans=data"],
    "get": ["get", "FILE", "scans", "-o", "out"],
    "ls": ["ls", "FILE", "scans"],
}
every = pytest.mark.parametrize("name", COMMANDS)


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def address(server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Apply the document and put its data."""
    monkeypatch.chdir(tmp_path)
    Path("d.bc.yaml").write_text(DOCUMENT)
    Path("data").mkdir()
    Path("data", "1.txt").write_text("one")
    with serving(server) as address:
        assert run(["apply", "d.bc.yaml", "--address", address, "--yes"]) == 0
        assert run(["put", "d.bc.yaml", "scans=data", "--address", address]) == 0
        server.state.pipelines["lab", "a"].last_job = "JOB_SUCCESS"
        yield address


def call(name: str, address: str, *more: str, file: str = "d.bc.yaml") -> int:
    """Run a command on a document."""
    words = [file if word == "FILE" else word for word in COMMANDS[name]]
    return run([*words, "--address", address, *more])


@every
def test_fine(name: str, address: str) -> None:
    """All is as it should be."""
    assert call(name, address) == 0


@every
def test_problems_in_the_document(name: str, address: str) -> None:
    """Nothing is asked of the cluster for a document with errors."""
    Path("bad.bc.yaml").write_text("stages: {a: {from: nothing, cmd: a}}\n")
    assert call(name, "grpc://127.0.0.1:1", file="bad.bc.yaml") == 1
    assert call(name, address, file="none.bc.yaml") == 1


@every
def test_advice_on_a_document(name: str, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Who sends the specs is warned of what is odd in them; who only looks is not bothered."""
    odd = DOCUMENT.replace("cmd: a", "cmd: a, workers: 3, hardware: {gpu: 1}")
    Path("odd.bc.yaml").write_text(odd)
    call(name, address, file="odd.bc.yaml")
    assert ("note[BC789]" in capsys.readouterr().err) is (name in ("plan", "apply"))


@every
def test_usage(name: str, address: str) -> None:
    """An option that there is not; a parameter that the document lacks."""
    assert call(name, address, "--nonsense") == 64
    assert call(name, address, "--param", "odd") == 64
    assert call(name, address, "--param", "unknown=1") == 64


@every
def test_the_cluster(name: str, server: StandIn, address: str) -> None:
    """Nobody there, or whoever is there refuses."""
    assert call(name, "grpc://127.0.0.1:1") == 3
    assert call(name, "no address") == 3

    def refuse(_name: str) -> None:
        raise Refused("UNKNOWN", "the moon is full")

    server.before = refuse
    assert call(name, address) == 3


@every
def test_interrupted(name: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while something is asked."""

    def press(*_: object, **_named: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(Channel, "one", press)
    monkeypatch.setattr(Channel, "many", press)
    assert call(name, address) == 130


def test_changes(server: StandIn, address: str) -> None:
    """Something to do, something amiss; only who asks gets 2 of a plan."""
    server.state.pipelines["lab", "a"].effective["description"] = "by hand"
    assert call("plan", address) == 0
    assert call("plan", address, "--detailed-exitcode") == 2
    assert call("status", address) == 2
    server.state.pipelines["lab", "a"].state = "PIPELINE_FAILURE"
    assert call("status", address) == 1
