"""A real Ctrl-C in the middle of a call: the program ends, and leaves nothing half done."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.pressed import Pressed, PressedOld, run_pressed
from cluster.serve import serving
from cluster.stand_in import State

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
  c: {image: 'i:1', from: 'a:/<x>', cmd: c}
"""


def versions(state: State) -> dict[str, int]:
    """Return the version of each pipeline but the one that is deleted."""
    return {n: each.version for (_, n), each in state.pipelines.items() if n != "b"}


def started(server: Pressed, folder: Path, address: str) -> list[str]:
    """Apply the first document and put two files; return how to apply the second."""
    path = folder / "law.bc.yaml"
    path.write_text(BEFORE)
    arguments = ["apply", str(path), "--address", address, "--yes"]
    assert run(arguments) == 0
    (folder / "data").mkdir()
    (folder / "data" / "1.txt").write_text("one")
    (folder / "data" / "2.txt").write_text("two")
    assert run(["put", str(path), f"scans={folder / 'data'}", "--address", address]) == 0
    return [*arguments, "--prune"]


@pytest.mark.parametrize("done", [False, True], ids=["dropped", "done"])
@pytest.mark.parametrize(
    ("kind", "method"),
    [
        (Pressed, "ListPipeline"),
        (Pressed, "CreatePipelineV2"),
        (Pressed, "BatchTransaction"),
        (PressedOld, "StartTransaction"),
        (PressedOld, "CreateRepo"),
        (PressedOld, "CreatePipeline"),
        (PressedOld, "FinishTransaction"),
        (Pressed, "DeletePipeline"),
    ],
    ids=["list", "dry run", "batch", "start", "repo", "create", "finish", "delete"],
)
def test_apply_is_before_or_after(
    kind: type[Pressed], method: str, done: bool, tmp_path: Path
) -> None:
    """It ends soon, with no transaction left; what it says is so; a second try goes through."""
    server = kind(method=method, done=done)
    with serving(server) as address:
        arguments = started(server, tmp_path, address)
        (tmp_path / "law.bc.yaml").write_text(AFTER)
        first = copy.deepcopy(server.state)
        server.calls.clear()
        ended = run_pressed(server, arguments, tmp_path)

        assert ended.code == 130, ended
        assert "interrupted" in ended.err
        assert "Traceback" not in ended.err
        assert ended.seconds < 15
        assert server.transactions == {}
        changed = versions(server.state) != versions(first)
        assert versions(server.state) in (versions(first), {"a": 2, "c": 1})
        assert (("lab", "models") in server.state.repos) is changed
        assert changed is (method == "DeletePipeline" or (
            done and method in ("BatchTransaction", "FinishTransaction")))  # fmt: skip
        if "nothing was created or updated" in ended.err:
            assert not changed
        assert (("lab", "b") in server.state.pipelines) is not (done and method == "DeletePipeline")
        deleted = any(name.endswith("DeleteTransaction") for name, _, _ in server.calls)
        started_one = any(name.endswith("StartTransaction") for name, _, _ in server.calls)
        # the start of one is waited for; where there was none to learn the name of, none is left
        assert deleted is (started_one and (method, done) != ("StartTransaction", False))

        assert run(arguments) == 0
        assert versions(server.state) == {"a": 2, "c": 1}
        assert ("lab", "b") not in server.state.pipelines


@pytest.mark.parametrize("done", [False, True], ids=["dropped", "done"])
@pytest.mark.parametrize("method", ["ListBranch", "WalkFile", "ModifyFile", "InspectCommit"])
def test_put_is_before_or_after(method: str, done: bool, tmp_path: Path) -> None:
    """The branch holds what it held or the whole folder, and no commit stays open."""
    server = Pressed(method=method, done=done)
    with serving(server) as address:
        started(server, tmp_path, address)
        (tmp_path / "data" / "3.txt").write_text("three")
        arguments = ["put", "law.bc.yaml", "scans=data", "--address", address]
        server.method = method
        server.at = 1
        ended = run_pressed(server, arguments, tmp_path)
        assert ended.code == 130, ended
        assert "Traceback" not in ended.err
        assert all(not commit.open for commit in server.state.commits.values())
        head = server.state.commits[server.state.heads["lab", "scans", "master"]]
        assert set(head.files) in (
            {"/1.txt", "/2.txt"},
            {"/1.txt", "/2.txt", "/3.txt"},
        )
        assert run(["put", str(tmp_path / "law.bc.yaml"), f"scans={tmp_path / 'data'}",
                    "--address", address]) == 0  # fmt: skip
        head = server.state.commits[server.state.heads["lab", "scans", "master"]]
        assert len(head.files) == 3


@pytest.mark.parametrize("done", [False, True], ids=["dropped", "done"])
def test_get_leaves_whole_files(done: bool, tmp_path: Path) -> None:
    """A fetch ends; what was fetched is whole, and no part of a file lies about."""
    server = Pressed(method="GetFile", at=2, done=done)
    with serving(server) as address:
        started(server, tmp_path, address)
        ended = run_pressed(
            server, ["get", "law.bc.yaml", "scans", "-o", "back", "--address", address], tmp_path
        )
    assert ended.code == 130, ended
    assert "Traceback" not in ended.err
    found = {path.name: path.read_text() for path in (tmp_path / "back").rglob("*.*")}
    assert found == {"1.txt": "one"}


@pytest.mark.parametrize("done", [False, True], ids=["dropped", "done"])
def test_destroy_names_what_is_left(done: bool, tmp_path: Path) -> None:
    """It ends after the delete that was going on, says what it did not do, and can go on."""
    server = Pressed(method="DeletePipeline", at=1, done=done)
    with serving(server) as address:
        started(server, tmp_path, address)
        arguments = ["destroy", "law.bc.yaml", "--repos", "--yes", "--address", address]
        ended = run_pressed(server, arguments, tmp_path)
        assert ended.code == 130, ended
        assert "left: b, a, scans" in ended.out
        assert "Traceback" not in ended.err
        assert ("lab", "a") in server.state.pipelines
        arguments[1] = str(tmp_path / "law.bc.yaml")
        assert run(arguments) == 0
    assert server.state.pipelines == {}
    assert ("lab", "scans") not in server.state.repos


def test_while_waiting_between_looks(tmp_path: Path) -> None:
    """`status --watch` ends in its pause, too."""
    server = Pressed(method="ListJob", at=3, done=True)
    with serving(server) as address:
        started(server, tmp_path, address)
        arguments = ["status", "law.bc.yaml", "--watch", "--address", address]
        ended = run_pressed(server, arguments, tmp_path)
    assert ended.code == 130, ended
    assert "Traceback" not in ended.err


def test_the_second_ctrl_c_ends_at_once(tmp_path: Path) -> None:
    """Where the transaction's deletion hangs, a second Ctrl-C does not wait for it."""
    server = PressedOld(method="CreatePipeline", stuck={"DeleteTransaction": 6.0})
    with serving(server) as address:
        arguments = started(server, tmp_path, address)
        (tmp_path / "law.bc.yaml").write_text(AFTER)
        ended = run_pressed(server, arguments, tmp_path)
    assert ended.code == 130, ended
    assert "interrupted twice" in ended.err
    assert ended.seconds < 6
