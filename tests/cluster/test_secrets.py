"""No token, password or credential of a URL is in anything that a command prints or keeps."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster.channel import Channel
from bcdslc.cluster.where import Where
from cluster.serve import serving
from cluster.stand_in import Refused, StandIn

CONTEXT_TOKEN = "tokenOfTheContext"
OWN_TOKEN = "tokenOfTheEnvironment"
PASSWORD = "passwordInTheAddress"
EGRESS = "passwordOfTheBucket"
SAID = "passwordThatTheServerSays"
PLANTED = (CONTEXT_TOKEN, OWN_TOKEN, PASSWORD, EGRESS, SAID)
DOCUMENT = f"""\
dag: safe
project: lab
repos: [scans]
stages:
  a: {{image: 'i', from: 'scans:/<x>', cmd: a, egress: 's3://me:{EGRESS}@bucket/x'}}
  b: {{image: 'i', from: 'a:/<x>', cmd: b}}
"""
COMMANDS = (
    ("plan", "d.bc.yaml"),
    ("plan", "d.bc.yaml", "--json"),
    ("plan", "d.bc.yaml", "--all", "--detailed-exitcode"),
    ("plan", "d.bc.yaml", "--out", "plan.json"),
    ("apply", "d.bc.yaml", "--yes"),
    ("apply", "d.bc.yaml", "--yes", "--prune", "--reprocess", "a"),
    ("status", "d.bc.yaml"),
    ("status", "d.bc.yaml", "--json"),
    ("put", "d.bc.yaml", "scans=data"),
    ("ls", "d.bc.yaml", "scans"),
    ("get", "d.bc.yaml", "scans", "-o", "back"),
    ("destroy", "d.bc.yaml", "--yes", "--repos"),
)


def said(capfd: pytest.CaptureFixture[str], folder: Path) -> str:
    """Return all that was printed, and all that lies in the folder but the document."""
    captured = capfd.readouterr()
    files = [path for path in folder.rglob("*") if path.is_file()]
    kept = [path.read_text(errors="replace") for path in files if path.name not in SOURCES]
    return "\n".join((captured.out, captured.err, *kept))


SOURCES = ("d.bc.yaml", "config.json")


def leaks(text: str) -> list[str]:
    """Return what of the planted list stands in a text, also as base64."""
    coded = {each: base64.b64encode(each.encode()).decode().rstrip("=")[:-1] for each in PLANTED}
    return [each for each in PLANTED if each in text or coded[each] in text]


@pytest.fixture
def server() -> StandIn:
    """Return a server that asks for the context's token."""
    return StandIn(token=CONTEXT_TOKEN)


@pytest.fixture
def folder(server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in a folder with a document, data and pachctl's configuration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PACH_TOKEN", raising=False)
    monkeypatch.delenv("PACHD_ADDRESS", raising=False)
    Path("d.bc.yaml").write_text(DOCUMENT)
    Path("data").mkdir()
    Path("data", "1.txt").write_text("one")
    with serving(server) as address:
        context = {"pachd_address": address, "session_token": CONTEXT_TOKEN}
        config = {"v2": {"active_context": "lab", "contexts": {"lab": context}}}
        Path("config.json").write_text(json.dumps(config))
        monkeypatch.setenv("PACH_CONFIG", str(tmp_path / "config.json"))
        yield tmp_path


def test_a_leak_is_seen() -> None:
    """The test that looks for leaks finds them, coded too."""
    assert leaks(f"x{OWN_TOKEN}") == [OWN_TOKEN]
    assert leaks(base64.b64encode(f"{EGRESS}".encode()).decode()) == [EGRESS]
    assert leaks("nothing") == []


def test_where_all_goes_well(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Every command, on a server that lets us in."""
    codes = [run(list(command)) for command in COMMANDS]
    assert codes == [0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    text = said(capfd, folder)
    assert "s3://" in text
    assert leaks(text) == []


@pytest.mark.parametrize("environment", [False, True], ids=["context", "environment"])
def test_where_the_server_repeats_it(
    environment: bool, server: StandIn, folder: Path, capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A server that says tokens and URLs in the error of each call in turn."""
    assert run(["apply", "d.bc.yaml", "--yes"]) == 0
    assert run(["put", "d.bc.yaml", "scans=data"]) == 0
    Path("data", "2.txt").write_text("two")
    Path("d.bc.yaml").write_text(DOCUMENT.replace("'i'", "'j'"))
    token = CONTEXT_TOKEN
    if environment:
        monkeypatch.setenv("PACH_TOKEN", OWN_TOKEN)
        server.token = token = OWN_TOKEN
    for command in COMMANDS:
        for method in ("GetVersion", "ListPipeline", "ListJob", "CreatePipelineV2", "WalkFile",
                       "BatchTransaction", "ModifyFile", "GetFile", "DeletePipeline"):  # fmt: skip

            def repeat(name: str, method: str = method) -> None:
                if name.endswith(f"/{method}"):
                    text = f"odd: {token} at https://{SAID}:{SAID}@vault/x"
                    raise Refused("UNKNOWN", text)

            server.before = repeat
            run(list(command))
    text = said(capfd, folder)
    assert "odd: … at https://*@vault/x" in text
    assert leaks(text) == []


@pytest.mark.parametrize(
    "address",
    [
        f"grpc://me:{PASSWORD}@host:1",
        f"me:{PASSWORD}@host:1",
        f"{PASSWORD}@host",
        f"http:/me:{PASSWORD}@host",
        f"ftp://me:{PASSWORD}@host",
        f"grpc://host/x?token={PASSWORD}",
        f"grpc://me:{PASSWORD}@host:port",
        f"grpc://me:{PASSWORD}@[host",
    ],
)
def test_in_an_address(
    address: str, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the address is wrong, by option and by environment."""
    for command in COMMANDS:
        assert run([*command, "--address", address]) in (1, 3)
    monkeypatch.setenv("PACHD_ADDRESS", address)
    assert run(["plan", "d.bc.yaml"]) == 3
    assert leaks(said(capfd, folder)) == []


@pytest.mark.parametrize(
    "odd", [f"\n{OWN_TOKEN}\n", f"{OWN_TOKEN} x", f"{OWN_TOKEN}é", f"\x01{OWN_TOKEN}"]
)
def test_a_token_with_odd_letters(
    odd: str, folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line's end is left out; what no token holds is told without it."""
    monkeypatch.setenv("PACH_TOKEN", odd)
    monkeypatch.setenv("BCDSL_TRACEBACK", "1")
    assert run(["plan", "d.bc.yaml"]) == 3
    text = said(capfd, folder)
    assert "BC80" in text
    assert leaks(text) == []


def test_in_a_mistake_of_ours(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback that is asked for shows neither, nor does a printed place."""

    def broken(self: Channel, *_: Any, **__: Any) -> Any:
        raise RuntimeError("broken")

    monkeypatch.setattr(Channel, "one", broken)
    monkeypatch.setenv("BCDSL_TRACEBACK", "1")
    assert run(["plan", "d.bc.yaml"]) == 70
    text = said(capfd, folder)
    assert "Traceback" in text
    assert leaks(text) == []
    place = Where(host="h", port=1, token=OWN_TOKEN)
    assert OWN_TOKEN not in f"{place!r} {place} {Channel(place)!r}"


def test_with_python_telling_all(server: StandIn, folder: Path) -> None:
    """`python -X dev` and gRPC's own log: a process of its own, each command."""
    environment = {**os.environ, "PACH_TOKEN": OWN_TOKEN, "BCDSL_TRACEBACK": "1",
                   "GRPC_VERBOSITY": "INFO", "PYTHONWARNINGS": "default"}  # fmt: skip
    server.token = OWN_TOKEN
    for command in (COMMANDS[0], COMMANDS[4], COMMANDS[7], COMMANDS[8], COMMANDS[-1]):
        done = subprocess.run(
            [sys.executable, "-X", "dev", "-m", "bcdslc.cli", *command],
            cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done
        assert leaks(done.stdout + done.stderr) == []
