"""What comes after the transaction: whatever fails there, the rest follows at the second try."""

from __future__ import annotations

import copy
import io
import json
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster.channel import Channel
from cluster.old_server import OldServer
from cluster.serve import serving
from cluster.stand_in import Refused, StandIn

BEFORE = """\
dag: law
project: lab
repos: [scans]
defaults: {image: 'i:1'}
stages:
  a: {from: 'scans:/<x>', cmd: a}
  b: {from: ['a:/<x>', 'scans:/<x>'], cmd: b}
  s: {from: scans, cmd: s}
  t: {from: ['s:/<x>', 'b:/<x>'], cmd: t}
  u: {from: 't:/<x>', cmd: u}
  old: {from: 's:/<x>', cmd: old}
  free: {from: 'scans:/<x>', cmd: free}
"""
MOVES = "a: {from: 'scans:/<x>', cmd: a, output_branch: o}"
SERVES = "s: {from: scans, cmd: s, service: {port: 80, external: 30080}}"
AFTER = (
    BEFORE.replace("a: {from: 'scans:/<x>', cmd: a}", MOVES)
    .replace("s: {from: scans, cmd: s}", SERVES)
    .replace("  old: {from: 's:/<x>', cmd: old}\n", "  new: {from: 't:/<x>', cmd: new}\n")
    .replace("cmd: free", "cmd: other")
)  # fmt: skip
OPTIONS = ["--yes", "--prune", "--recreate", "s"]


def told(server: StandIn) -> dict[str, tuple[str, bool, str]]:
    """Return of each pipeline what it runs, whether it is stopped, and what it writes."""
    return {
        name: (each.effective["transform"]["cmd"][0], each.stopped, each.effective["outputBranch"])
        for (_, name), each in server.state.pipelines.items()
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Write the first document."""
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    return path


def changes(server: StandIn, start: int = 0) -> list[str]:
    """Return the calls that change something, by method and subject."""
    found = []
    for name, request, _ in server.calls[start:]:
        method = name.rpartition("/")[2]
        if method in ("StopPipeline", "StartPipeline", "DeletePipeline"):
            found.append(f"{method.removesuffix('Pipeline').lower()} {request['pipeline']['name']}")
        if method == "BatchTransaction":
            made = [
                each["createPipelineV2"]["createPipelineRequest"]["pipeline"]["name"]
                for each in request["requests"]
                if "createPipelineV2" in each
            ]
            found.append(f"send {' '.join(made)}")
    return found


def test_all_at_once(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch moves, a stage becomes a service, one is pruned: in an order the server takes."""
    server = StandIn()
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        sent = len(server.calls)
        assert run(["apply", str(path), "--address", address, *OPTIONS]) == 0
        said = capsys.readouterr().out
        assert changes(server, sent) == [
            "send free",
            "stop old",
            "stop t",
            "stop b",
            "stop a",
            "delete s",
            "send a b s t new",
            "start a",
            "start b",
            "start t",
            "delete old",
        ]
        assert "done: stop `old`\ndone: stop `t`\n" in said
        assert "done; a second plan is empty" in said
        assert server.state.halves == []
        assert told(server)["a"] == ("a", False, "o")
        assert not any(stopped for _, stopped, _ in told(server).values())
        sent = len(server.calls)
        assert run(["apply", str(path), "--address", address, *OPTIONS]) == 0
        assert changes(server, sent) == []


def test_a_kept_plan_does_the_same(path: Path) -> None:
    """The steps are kept with the plan, and what was agreed to as it was made."""
    server = StandIn()
    kept = str(path.parent / "plan.json")
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        assert run(["plan", str(path), "--address", address, *OPTIONS[1:], "--out", kept]) == 0
        assert run(["apply", kept, "--address", address, "--yes"]) == 0
        assert run(["plan", str(path), "--address", address, "--detailed-exitcode"]) == 0
    assert told(server)["s"] == ("s", False, "master")
    assert server.state.halves == []


def test_a_refused_step_is_told_at_its_stage(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the server says of a start stands at the line of the stage that it is about."""
    server = StandIn()

    def refuse(name: str) -> None:
        if name.endswith("StartPipeline"):
            raise Refused("UNKNOWN", "the moon is full")

    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        server.before = refuse
        assert run(["apply", str(path), "--address", address, *OPTIONS]) == 3
    said = capsys.readouterr().err
    assert "error[BC807]: the cluster refused `StartPipeline`: the moon is full" in said
    assert "law.bc.yaml:6:3" in said
    assert "left: start `a`, then start `b`, then start `t`, then delete `old`" in said


class Terminal(io.StringIO):
    """A stream that somebody sits at."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("YES\n", 0), ("\n", 1), ("", 1)])
def test_somebody_is_asked(
    answer: str,
    code: int,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """On a terminal the question says that something cannot be undone; only yes is yes."""
    server = StandIn()
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        sent = len(server.calls)
        monkeypatch.setattr("sys.stdin", Terminal(answer))
        monkeypatch.setattr("sys.stdout", out := Terminal())
        assert run(["apply", str(path), "--address", address, *OPTIONS[1:]]) == code
    asked = f"carry it out in `lab` at {address}, with 10 steps that cannot be undone? [y/N] "
    assert asked in out.getvalue()
    assert bool(changes(server, sent)) is (code == 0)
    assert ("nothing was done" in capsys.readouterr().err) is (code != 0)


def test_a_reader_that_came_since_stops_a_kept_plan(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Between plan and apply somebody begins to read what would go: nothing is done."""
    server = StandIn()
    kept = str(path.parent / "plan.json")
    theirs = {
        "pipeline": {"project": {"name": "lab"}, "name": "theirs"},
        "transform": {"cmd": ["c"]},
        "input": {"pfs": {"repo": "s", "glob": "/"}},
    }
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        assert run(["plan", str(path), "--address", address, *OPTIONS[1:], "--out", kept]) == 0
        request = {"createPipelineRequestJson": json.dumps(theirs)}
        server.call("pps_v2.API/CreatePipelineV2", request, {})
        sent = len(server.calls)
        assert run(["apply", kept, "--address", address, "--yes"]) == 1
    assert changes(server, sent) == []
    assert "BC824" in capsys.readouterr().err


@pytest.mark.parametrize("kind", [StandIn, OldServer])
@pytest.mark.parametrize("way", ["fail_at", "lose_at"])
def test_a_second_try_goes_on(
    way: str, kind: type[StandIn], path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each call in turn fails, or its answer is lost: the same command leads to the same end."""
    server = kind()
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        first = copy.deepcopy(server.state)
        path.write_text(AFTER)
        arguments = ["apply", str(path), "--address", address, *OPTIONS]
        server.calls.clear()
        assert run(arguments) == 0
        names = [name for name, _, _ in server.calls]
        last = told(server)
        begun = next(
            i
            for i, name in enumerate(names)
            if name.endswith(("BatchTransaction", "StartTransaction"))
        )
        for number in range(begun + 1, len(names) + 1):
            server.state = copy.deepcopy(first)
            server.calls.clear()
            setattr(server, way, number)
            capsys.readouterr()
            code = run(arguments)
            setattr(server, way, None)
            said = capsys.readouterr().err
            assert code in (0, 3), number
            if code == 3 and "BC819" not in said and "nothing was created" not in said:
                assert told(server) == last, (number, names[number - 1], said)
            done = run(arguments)
            assert done == 0, (number, names[number - 1], capsys.readouterr())
            assert told(server) == last, (number, names[number - 1])
            assert server.state.halves == []


@pytest.mark.parametrize(
    ("method", "number"),
    [
        ("StopPipeline", 1),
        ("StopPipeline", 3),
        ("DeletePipeline", 1),
        ("BatchTransaction", 2),
        ("StartPipeline", 1),
        ("StartPipeline", 2),
        ("DeletePipeline", 2),
    ],
)
def test_interrupted_after_a_step(
    method: str, number: int, path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Ctrl-C as a step was answered: it counts as done, those after it are named."""
    server = StandIn()
    left = [number]
    original = Channel.one

    def one(self: Channel, call: object, *rest: object, **named: object) -> object:
        answer = original(self, call, *rest, **named)  # type: ignore[arg-type]
        if method in str(call):
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
        return answer

    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        path.write_text(AFTER)
        arguments = ["apply", str(path), "--address", address, *OPTIONS]
        monkeypatch.setattr(Channel, "one", one)
        assert run(arguments) == 130
        monkeypatch.undo()
        said = capsys.readouterr().err
        last = method == "DeletePipeline" and number == 2
        assert ("BC819" in said) is not last
        if method == "StopPipeline" and number == 1:
            assert (
                "left: stop `t`, then stop `b`, then stop `a`, then delete `s`, then create `s`"
                in said
            )
        if method == "StartPipeline" and number == 1:
            assert "left: start `b`, then start `t`, then delete `old`" in said
        assert run(arguments) == 0
        assert not any(stopped for _, stopped, _ in told(server).values())
        assert "old" not in told(server)
