"""Ctrl-C during `apply`: the transaction is deleted, and what became of it is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster.calls import Call
from bcdslc.cluster.channel import Channel
from cluster.serve import serving
from cluster.stand_in import StandIn

DOCUMENT = """\
dag: law
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
  b: {image: 'i:1', from: 'a:/<x>', cmd: b}
"""


def interrupt_at(monkeypatch: pytest.MonkeyPatch, method: str, number: int, inside: bool) -> None:
    """Have Ctrl-C pressed once the n-th call of a method was answered."""
    left = [number]
    original = Channel.one

    def one(self: Channel, call: Call, *arguments: Any, **named: Any) -> Any:
        answer = original(self, call, *arguments, **named)
        if call.name == method and bool(named.get("transaction")) is inside:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
        return answer

    monkeypatch.setattr(Channel, "one", one)


@pytest.mark.parametrize(
    ("method", "number", "inside"),
    [
        ("CreatePipelineV2", 2, False),
        ("CreateRepo", 1, True),
        ("CreatePipelineV2", 1, True),
        ("CreatePipelineV2", 2, True),
    ],
    ids=["dry run", "repo", "first", "second"],
)
def test_nothing_is_made_and_no_transaction_stays(
    method: str, number: int, inside: bool, tmp_path: Path, request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Interrupted before the finish: nothing stands, nothing is open, and a second try works."""
    server = StandIn()
    path = tmp_path / "law.bc.yaml"
    path.write_text(DOCUMENT)
    if inside:
        request.getfixturevalue("no_message")
    with serving(server) as address:
        interrupt_at(monkeypatch, method, number, inside)
        arguments = ["apply", str(path), "--address", address, "--yes"]
        assert run(arguments) == 130
        said = capsys.readouterr().err
        assert "interrupted" in said
        assert "nothing was created or updated" in said
        started = any(name.endswith("StartTransaction") for name, _, _ in server.calls)
        deleted = any(name.endswith("DeleteTransaction") for name, _, _ in server.calls)
        assert deleted is started is inside
        assert server.transactions == {}
        assert server.state.pipelines == {}
        assert server.state.repos == set()
        monkeypatch.undo()
        assert run(arguments) == 0
    assert {name for _, name in server.state.pipelines} == {"a", "b"}


def test_deletes_that_were_interrupted_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Interrupted after the first delete: what is left is said; the exit code is Ctrl-C's."""
    server = StandIn()
    path = tmp_path / "law.bc.yaml"
    path.write_text(DOCUMENT)
    with serving(server) as address:
        arguments = ["apply", str(path), "--address", address, "--yes", "--prune"]
        assert run(arguments) == 0
        path.write_text(
            DOCUMENT[: DOCUMENT.index("  a:")] + "  c: {image: 'i:1', from: scans, cmd: c}\n"
        )
        interrupt_at(monkeypatch, "DeletePipeline", 1, False)
        assert run(arguments) == 130
    said = capsys.readouterr().err
    assert "BC819" in said
    assert "left: delete `a`\n" in said
