"""`destroy` against the stand-in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn

DOCUMENT = """\
dag: gone
project: lab
repos: [scans]
defaults: {image: 'tools:1'}
stages:
  a: {from: 'scans:/<x>', cmd: a}
  b: {from: 'a:/<x>', cmd: b}
  c: {from: 'scans:/<x>', cmd: c}
"""


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def applied(server: StandIn, tmp_path: Path) -> Iterator[list[str]]:
    """Apply the document; yield what follows the name of a command."""
    path = tmp_path / "gone.bc.yaml"
    path.write_text(DOCUMENT)
    with serving(server) as address:
        arguments = [str(path), "--address", address, "--yes"]
        assert run(["apply", *arguments]) == 0
        yield arguments


def theirs(server: StandIn, reads: str) -> None:
    """Let somebody else read a repo."""
    spec = {
        "pipeline": {"project": {"name": "lab"}, "name": "theirs"},
        "transform": {"cmd": ["c"]},
        "input": {"pfs": {"repo": reads, "glob": "/"}},
    }
    request = {"createPipelineRequestJson": json.dumps(spec)}
    server.call("pps_v2.API/CreatePipelineV2", request, {})


def test_destroy_undoes_apply(server: StandIn, applied: list[str]) -> None:
    """Pipelines go, data stays; asked for, data goes too; a second time there is nothing."""
    assert run(["destroy", *applied]) == 0
    assert (server.state.pipelines, server.state.repos) == ({}, {("lab", "scans")})
    assert run(["destroy", *applied, "--repos"]) == 0
    assert server.state.repos == set()
    assert run(["destroy", *applied]) == 0


def test_others_that_read_ours_stop_it(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is deleted, and who reads is named; of a data repo only if it would go."""
    theirs(server, "b")
    assert run(["destroy", *applied]) == 1
    assert "error[BC824]: `lab/theirs` reads `b`" in capsys.readouterr().err
    assert len(server.state.pipelines) == 4

    del server.state.pipelines["lab", "theirs"]
    server.state.repos.discard(("lab", "theirs"))
    theirs(server, "scans")
    assert run(["destroy", *applied, "--repos"]) == 1
    assert run(["destroy", *applied]) == 0
    assert set(server.state.pipelines) == {("lab", "theirs")}


def test_what_is_not_ours_is_adopted_first(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A stage that somebody made by hand is destroyed only with `--adopt`."""
    del server.state.pipelines["lab", "c"].effective["metadata"]
    assert run(["destroy", *applied]) == 1
    assert "error[BC823]: `c` was not made by `bcdsl apply`" in capsys.readouterr().err
    assert len(server.state.pipelines) == 3
    assert run(["destroy", *applied, "--adopt"]) == 0
    assert server.state.pipelines == {}


def test_a_document_without_a_name_cannot(
    applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without `dag` nothing is ours."""
    path = Path(applied[0])
    path.write_text(DOCUMENT.replace("dag: gone\n", ""))
    assert run(["destroy", *applied]) == 1
    assert "BC814" in capsys.readouterr().err


@pytest.mark.parametrize("way", ["fail_at", "lose_at"])
def test_after_a_failure_it_goes_on(way: str, server: StandIn, applied: list[str]) -> None:
    """Whatever call fails, what is left is a DAG that the same command finishes."""
    server.calls.clear()
    before = dict(server.state.pipelines)
    repos = set(server.state.repos)
    for number in range(1, 12):
        server.state.pipelines, server.state.repos = dict(before), set(repos)
        server.calls.clear()
        setattr(server, way, number)
        run(["destroy", *applied])
        setattr(server, way, None)
        for each in server.state.pipelines.values():
            assert each.name != "b" or ("lab", "a") in server.state.pipelines
        assert run(["destroy", *applied]) == 0
        assert server.state.pipelines == {}


def test_a_refused_delete_leaves_what_is_upstream(
    server: StandIn, applied: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A reader that comes in between: `b` is refused, `a` not tried, `c` done all the same."""

    def between(name: str) -> None:
        if name.endswith("DeletePipeline"):
            server.before = None
            theirs(server, "b")

    server.before = between
    assert run(["destroy", *applied]) == 3
    captured = capsys.readouterr()
    assert "deleted: c\nleft: b, a\n" in captured.out
    assert "direct provenance" in captured.err
    assert ("lab", "c") not in server.state.pipelines
