"""Commands against a server with authentication on: who is turned away, and in which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.guarded import Guarded
from cluster.serve import serving

DOCUMENT = """\
dag: small
project: ta
repos: [src]
defaults: {image: 'i:1'}
stages:
  p1: {from: 'src:/<x>', cmd: c}
"""
MORE = DOCUMENT + "  p2: {from: 'src:/<x>', cmd: c}\n"
BOB = "token-of-bob"


@pytest.fixture
def server() -> Guarded:
    """Return a server that knows root and bob, who has no rights."""
    server = Guarded()
    server.tokens[BOB] = "robot:bob"
    return server


@pytest.fixture
def address(server: Guarded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Serve it, with the document applied by root."""
    monkeypatch.setenv("PACH_CONFIG", str(tmp_path / "none.json"))
    monkeypatch.chdir(tmp_path)
    Path("small.bc.yaml").write_text(DOCUMENT)
    with serving(server) as address:
        monkeypatch.setenv("PACHD_ADDRESS", address)
        monkeypatch.setenv("PACH_TOKEN", "token-of-root")
        assert run(["apply", "small.bc.yaml", "--yes"]) == 0
        yield address


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (None, "no authentication token"),
        ("stranger", "provided auth token is corrupted or has expired"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [["plan"], ["apply", "--yes"], ["status"], ["destroy", "--yes"]],
    ids=lambda command: command[0],
)
def test_who_is_unknown_is_told_to_log_in(
    command: list[str], token: str | None, words: str, server: Guarded, address: str,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Without a token and with a wrong one, each command says so and exits with 3."""
    monkeypatch.delenv("PACH_TOKEN")
    if token is not None:
        monkeypatch.setenv("PACH_TOKEN", token)
    capsys.readouterr()
    assert run([command[0], "small.bc.yaml", *command[1:]]) == 3
    captured = capsys.readouterr()
    assert f"error[BC802]: the cluster does not know who you are: {words}" in captured.err
    assert "pachctl auth login" in captured.err
    assert captured.out == ""
    assert server.state.pipelines["ta", "p1"].version == 1


def test_a_token_that_is_revoked_midway(
    server: Guarded, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Revoked as the batch is sent: nothing is made, and it is told as a lost login."""
    Path("small.bc.yaml").write_text(MORE)
    original = server._who

    def revoked(token: str | None) -> str:
        if len(server.calls) and server.calls[-1][0].endswith("CreatePipelineV2"):
            server.tokens.pop("token-of-root", None)
        return original(token)

    server._who = revoked  # type: ignore[method-assign]
    assert run(["apply", "small.bc.yaml", "--yes"]) == 3
    said = capsys.readouterr().err
    assert "BC802" in said
    assert "nothing was created or updated" in said
    assert set(server.state.pipelines) == {("ta", "p1")}


def test_without_rights(
    server: Guarded, address: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """What lists hide from bob is no new stage; what he may not do is told at its stage."""
    monkeypatch.setenv("PACH_TOKEN", BOB)
    assert run(["plan", "small.bc.yaml", "--detailed-exitcode"]) == 0

    Path("small.bc.yaml").write_text(MORE)
    capsys.readouterr()
    assert run(["apply", "small.bc.yaml", "--yes"]) == 3
    said = capsys.readouterr().err
    assert "error[BC803]: the cluster does not allow it: robot:bob is not authorized" in said
    assert "needs permissions [REPO_READ] on REPO ta/src" in said
    assert "small.bc.yaml:7" in said
    assert "nothing was created or updated" in said
    assert set(server.state.pipelines) == {("ta", "p1")}

    Path("small.bc.yaml").write_text(DOCUMENT.replace("[src]", "[src, mine]"))
    assert run(["apply", "small.bc.yaml", "--yes"]) == 3
    assert "[PROJECT_CREATE_REPO] on PROJECT ta" in capsys.readouterr().err

    Path("small.bc.yaml").write_text(DOCUMENT)
    assert run(["destroy", "small.bc.yaml", "--yes"]) == 3
    assert "[REPO_WRITE] on REPO ta/p1" in capsys.readouterr().err
    assert not server.state.pipelines["ta", "p1"].stopped
