"""Whatever fails at whatever call: all of it or none of it, and a second try converges."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn, State

BEFORE = """\
dag: law
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
  b: {image: 'i:1', from: 'a:/<x>', cmd: b}
"""
AFTER = """\
dag: law
project: lab
repos: [scans, models]
stages:
  a: {image: 'i:2', from: 'scans:/<x>', cmd: a}
  b: {image: 'i:1', from: ['a:/<x>', models], cmd: b}
  c: {image: 'i:1', from: 'b:/<x>', cmd: c}
"""


def versions(state: State) -> dict[str, int]:
    """Return the version of each pipeline."""
    return {name: each.version for (_, name), each in state.pipelines.items()}


def started(tmp_path: Path, address: str) -> None:
    """Apply the first document, and write the second."""
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    assert run(["apply", str(path), "--address", address, "--yes"]) == 0


@pytest.mark.parametrize("road", ["batch", "transaction"])
@pytest.mark.parametrize("way", ["fail_at", "lose_at"])
def test_all_or_nothing_at_every_call(
    way: str, road: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Fail, or lose the answer of, each call in turn: the state is the old or the new one."""
    server = StandIn()
    with serving(server) as address:
        started(tmp_path, address)
        first = copy.deepcopy(server.state)
        (tmp_path / "law.bc.yaml").write_text(AFTER)
        if road == "transaction":
            request.getfixturevalue("no_message")
        arguments = ["apply", str(tmp_path / "law.bc.yaml"), "--address", address, "--yes"]
        server.calls.clear()
        assert run(arguments) == 0
        number_of_calls = len(server.calls)
        last = versions(server.state)
        assert last == {"a": 2, "b": 2, "c": 1}
        seen = set()
        for number in range(1, number_of_calls + 1):
            server.state, server.transactions = copy.deepcopy(first), {}
            server.calls.clear()
            setattr(server, way, number)
            code = run(arguments)
            setattr(server, way, None)
            assert versions(server.state) in (versions(first), last), number
            assert (("lab", "models") in server.state.repos) == (versions(server.state) == last)
            # a transaction whose name was lost cannot be deleted; it does nothing
            names = [name.rpartition("/")[2] for name, _, _ in server.calls]
            unknown = way == "lose_at" and names.count("StartTransaction") == 1 and code == 3
            assert server.transactions == {} or unknown, number
            seen.add(versions(server.state) == last)
            assert run(arguments) == 0, number
            assert versions(server.state) == last, number
        # a batch's lost answer is found out, and all that is before it may be asked again
        assert seen == ({True} if (way, road) == ("lose_at", "batch") else {True, False})


def test_a_lost_answer_is_found_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The batch was carried out and its answer lost: that is said, and is no failure."""
    server = StandIn()
    with serving(server) as address:
        path = tmp_path / "law.bc.yaml"
        path.write_text(BEFORE)

        def lose(name: str) -> None:
            if name.endswith("BatchTransaction"):
                server.lose_at = len(server.calls)

        server.before = lose
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
    assert "warning[BC818]" in capsys.readouterr().err


def test_a_second_apply_sends_nothing(tmp_path: Path) -> None:
    """Only reading calls are made where nothing differs."""
    server = StandIn()
    with serving(server) as address:
        started(tmp_path, address)
        server.calls.clear()
        assert run(["apply", str(tmp_path / "law.bc.yaml"), "--address", address, "--yes"]) == 0
    assert {name.rpartition("/")[2] for name, _, _ in server.calls} <= {
        "GetVersion",
        "ListPipeline",
        "ListRepo",
        "GetClusterDefaults",
        "GetProjectDefaults",
    }


def test_what_lists_hide_is_there(tmp_path: Path) -> None:
    """A pipeline that one may not list is inspected, not created."""
    server = StandIn()
    with serving(server) as address:
        started(tmp_path, address)
        server.hidden = {("lab", "a"), ("lab", "scans")}
        code = run(["plan", str(tmp_path / "law.bc.yaml"), "--address", address,
                    "--detailed-exitcode"])  # fmt: skip
    assert code == 0


def test_what_failed_is_said_and_nothing_is_deleted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A batch that is cut before the server acts ends the plan: its deletes are not tried."""
    server = StandIn()
    with serving(server) as address:
        started(tmp_path, address)
        path = tmp_path / "law.bc.yaml"
        path.write_text(BEFORE.replace("  b: {image: 'i:1', from: 'a:/<x>', cmd: b}\n", "")
                        .replace("cmd: a", "cmd: other"))  # fmt: skip

        def cut(name: str) -> None:
            if name.endswith("BatchTransaction"):
                server.fail_at = len(server.calls)

        server.before = cut
        assert run(["apply", str(path), "--address", address, "--yes", "--prune"]) == 3
    said = capsys.readouterr().err
    assert "BC805" in said
    assert "nothing was created or updated" in said
    assert versions(server.state) == {"a": 1, "b": 1}
