"""`plan` and `apply` against the stand-in, over gRPC: what is shown, sent and said."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import Refused, StandIn

SECRET = "f2c1secrettokenb7"
DOCUMENT = """\
dag: small
project: lab
repos: [scans]
defaults: {image: 'tools:1'}
stages:
  first:
    from: scans:/<exam>
    cmd: python3 /first.py
  second:
    from: first:/<exam>
    cmd: python3 /second.py
"""


SERVES = "cmd: [a]\n    service: {port: 80, external: 30080}"


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def address(server: StandIn) -> Iterator[str]:
    """Serve it."""
    with serving(server) as address:
        yield address


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write the document into a folder without any configuration of pachctl."""
    monkeypatch.setenv("PACH_CONFIG", str(tmp_path / "none.json"))
    monkeypatch.delenv("PACHD_ADDRESS", raising=False)
    monkeypatch.delenv("PACH_TOKEN", raising=False)
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "small.bc.yaml"
    path.write_text(DOCUMENT)
    return path


def changed(document: Path, old: str, new: str) -> None:
    """Rewrite a part of the document."""
    text = document.read_text()
    assert old in text
    document.write_text(text.replace(old, new))


def call(*arguments: str) -> int:
    """Run a command on the document."""
    return run([arguments[0], "small.bc.yaml", *arguments[1:]])


def test_from_nothing_to_applied_and_changed(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Made, then nothing to do, then only what differs is sent, all in one batch."""
    assert call("plan", "--address", address, "--detailed-exitcode") == 2
    assert call("apply", "--address", address, "--yes") == 0
    assert "done; a second plan is empty" in capsys.readouterr().out
    assert {each.version for each in server.state.pipelines.values()} == {1}
    assert call("plan", "--address", address, "--detailed-exitcode") == 0

    sent = len(server.calls)
    assert call("apply", "--address", address, "--yes") == 0
    assert not [name for name, _, _ in server.calls[sent:] if "Batch" in name or "Create" in name]

    changed(document, "/second.py", "/other.py")
    capsys.readouterr()
    assert call("apply", "--address", address, "--yes", "--reprocess", "second") == 0
    assert "all datums run" in capsys.readouterr().out
    versions = {key: each.version for key, each in server.state.pipelines.items()}
    assert versions == {("lab", "first"): 1, ("lab", "second"): 2}
    assert sum(name.endswith("BatchTransaction") for name, _, _ in server.calls) == 2
    marks = json.loads(server.state.pipelines["lab", "second"].user)["metadata"]["annotations"]
    assert marks == {"bcdsl.dag": "lab/small"}


def test_drift_is_seen_and_repaired(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody changes by hand is shown at the line that says otherwise."""
    call("apply", "--address", address, "--yes")
    server.state.pipelines["lab", "first"].effective["transform"]["image"] = "hand:1"
    capsys.readouterr()

    assert call("plan", "--address", address) == 0
    shown = capsys.readouterr().out
    assert "transform.image  small.bc.yaml:4\n      - hand:1\n      + tools:1" in shown
    assert call("apply", "--address", address, "--yes") == 0
    assert call("plan", "--address", address, "--detailed-exitcode") == 0


def test_a_kept_plan_is_applied_or_refused(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kept plan does what it showed, once: then the cluster has moved."""
    assert call("plan", "--address", address, "--out", "plan.json") == 0
    assert run(["apply", "plan.json", "--address", address, "--yes"]) == 0
    assert call("plan", "--address", address, "--detailed-exitcode") == 0
    assert run(["apply", "plan.json", "--address", address, "--yes"]) == 3
    assert "BC817" in capsys.readouterr().err
    Path("other.json").write_text("{}")
    assert run(["apply", "other.json", "--address", address, "--yes"]) == 1
    assert "BC816" in capsys.readouterr().err


def test_the_cluster_moves_while_we_ask(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What changes between the plan and the deed stops the deed."""
    call("apply", "--address", address, "--yes")
    changed(document, "/second.py", "/other.py")
    asked = {"lists": 0}

    def moves(name: str) -> None:
        if name.endswith("ListPipeline"):
            asked["lists"] += 1
            if asked["lists"] == 2:
                server.state.pipelines["lab", "second"].version = 7

    server.before = moves
    assert call("apply", "--address", address, "--yes") == 3
    assert "`second` went from version 1 to 7" in capsys.readouterr().err
    assert server.state.pipelines["lab", "second"].version == 7


def test_a_cluster_that_is_gone_after_the_deed(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What cannot be read back was carried out all the same, and that is said."""

    def goes(_: str) -> None:
        if ("lab", "second") in server.state.pipelines:
            raise Refused("UNAVAILABLE", "Socket closed")

    server.before = goes
    assert call("apply", "--address", address, "--yes") == 3
    said = capsys.readouterr().err
    assert "error[BC805]: the connection was cut during `GetVersion`" in said
    assert "warning[BC818]: all of it was carried out, but it could not be read back" in said


def test_prune_deletes_only_our_own(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stage that the document lost is deleted when asked; a document without a name cannot."""
    call("apply", "--address", address, "--yes")
    changed(document, DOCUMENT[DOCUMENT.index("  second:") :], "")
    assert call("apply", "--address", address, "--yes", "--prune") == 0
    assert set(server.state.pipelines) == {("lab", "first")}
    changed(document, "dag: small\n", "")
    assert call("plan", "--address", address, "--prune") == 1
    assert "BC814" in capsys.readouterr().err


def theirs(server: StandIn, reads: str) -> None:
    """Let a pipeline of somebody else read a repo."""
    reader = {
        "pipeline": {"project": {"name": "lab"}, "name": "theirs"},
        "transform": {"cmd": ["c"]},
        "input": {"pfs": {"repo": reads, "glob": "/"}},
    }
    request = {"createPipelineRequestJson": json.dumps(reader)}
    server.call("pps_v2.API/CreatePipelineV2", request, {})


def test_a_delete_that_fails_says_what_is_left(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody begins to read what goes just as it goes: it stays, and that is said."""
    call("apply", "--address", address, "--yes")
    changed(document, DOCUMENT[DOCUMENT.index("  second:") :], "")

    def between(name: str) -> None:
        if name.endswith("DeletePipeline"):
            server.before = None
            theirs(server, "second")

    server.before = between
    assert call("apply", "--address", address, "--yes", "--prune") == 3
    said = capsys.readouterr().err
    assert "error[BC819]: what came before was done; left: delete `second`" in said
    assert "direct provenance" in said


@pytest.mark.parametrize(
    ("old", "new", "options", "code"),
    [
        ("cmd: python3 /first.py", "cmd: [a]\n    output_branch: o", [], "BC810"),
        ("cmd: python3 /first.py", SERVES, [], "BC811"),
        ("cmd: python3 /first.py", SERVES, ["--recreate", "first"], "BC824"),
        ("scans:/<exam>", "theirs:/<exam>", [], "BC808"),
        (DOCUMENT[DOCUMENT.index("  second:") :], "", ["--prune"], "BC824"),
    ],
)  # fmt: skip
def test_obstacles_are_told_at_their_line(
    old: str, new: str, options: list[str], code: str, server: StandIn, address: str,
    document: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """What would be refused, and what nobody agreed to, is told before anything is sent."""
    call("apply", "--address", address, "--yes")
    theirs(server, "second" if "prune" in str(options) or code == "BC808" else "first")
    changed(document, old, new)
    if code == "BC808":
        changed(document, "repos: [scans]", "repos: {theirs: {external: true}}")
    before = {key: each.version for key, each in server.state.pipelines.items()}
    capsys.readouterr()

    assert call("apply", "--address", address, "--yes", *options) == 1
    said = capsys.readouterr().err
    assert code in said
    assert "small.bc.yaml:" in said or "--prune" in options
    assert {key: each.version for key, each in server.state.pipelines.items()} == before
    assert not any(each.stopped for each in server.state.pipelines.values())


def test_a_repo_with_a_stages_name(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A plain repo in the place of an output repo is told."""
    server.state.projects.add("lab")
    server.state.repos.add(("lab", "first"))

    assert call("plan", "--address", address) == 1
    assert "BC812" in capsys.readouterr().err


def test_a_refusal_has_its_line(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the server refuses stands at the stage that it is about; nothing is made."""
    changed(document, "repos: [scans]", "repos: {scans: {external: true}}")

    assert call("apply", "--address", address, "--yes") == 3
    said = capsys.readouterr().err
    assert "nothing was created or updated" in said
    assert "small.bc.yaml:7" in said
    assert server.state.pipelines == {}


def test_an_unknown_refusal(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A sentence that no rule knows is shown as it is, at the stage."""

    def refuse(name: str) -> None:
        if name.endswith("BatchTransaction"):
            raise Refused("UNKNOWN", "error running request 3 of 3: the moon is full")

    server.before = refuse
    assert call("apply", "--address", address, "--yes") == 3
    said = capsys.readouterr().err
    assert "error[BC813]: the server refused `second`: the moon is full" in said
    assert "small.bc.yaml:9" in said


@pytest.mark.parametrize(
    ("status", "text", "code"),
    [
        ("PERMISSION_DENIED", "robot:bob is not authorized", "BC803"),
        ("UNIMPLEMENTED", "unknown service", "BC806"),
        ("UNAVAILABLE", "Socket closed", "BC805"),
        ("DEADLINE_EXCEEDED", "too slow", "BC805"),
        ("UNKNOWN", "odd", "BC807"),
    ],
)
def test_faults_have_their_sentences(
    status: str, text: str, code: str, server: StandIn, address: str, document: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """Each kind of trouble has its code, and exits with 3."""

    def trouble(name: str) -> None:
        raise Refused(status, text)

    server.before = trouble
    assert call("plan", "--address", address) == 3
    assert code in capsys.readouterr().err


def test_nobody_there(document: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No address, no server, no encryption: three different sentences."""
    assert call("plan") == 3
    assert "BC800" in capsys.readouterr().err
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert call("plan", "--address", f"grpc://127.0.0.1:{port}") == 3
    assert "BC801" in capsys.readouterr().err


def test_encryption_that_does_not_match(
    address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An encrypted call to a server that does not encrypt is told as that."""
    assert call("plan", "--address", address.replace("grpc://", "grpcs://")) == 3
    captured = capsys.readouterr()
    assert "BC804" in captured.err
    assert captured.out == ""


def test_the_token_is_used_and_never_shown(
    server: StandIn, address: str, document: Path,
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A login is asked for, given, and stands in no output and no kept plan."""
    server.token = SECRET
    assert call("plan", "--address", address) == 3
    assert "BC802" in capfd.readouterr().err
    monkeypatch.setenv("PACH_TOKEN", SECRET)
    assert call("plan", "--address", address, "--out", "plan.json") == 0
    assert call("plan", "--address", address, "--json") == 0

    def echo(name: str) -> None:
        raise Refused("UNKNOWN", f"odd: {SECRET}")

    server.before = echo
    assert call("apply", "--address", address, "--yes") == 3
    captured = capfd.readouterr()
    assert SECRET not in captured.out + captured.err + Path("plan.json").read_text()
    assert call("plan", "--address", f"grpc://u:{SECRET}@host:1") == 3
    assert SECRET not in capfd.readouterr().err


def test_a_password_in_a_url_is_hidden(
    address: str, document: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """It is shown by no plan, and a plan that holds it is not kept."""
    assert call("apply", "--address", address, "--yes") == 0
    changed(document, "/second.py", f"/second.py\n    egress: 's3://u:{SECRET}@bucket/x'")
    capfd.readouterr()
    assert call("plan", "--address", address) == 0
    assert call("plan", "--address", address, "--json") == 0
    assert call("plan", "--address", address, "--out", "plan.json") == 1
    captured = capfd.readouterr()
    assert "BC815" in captured.err
    assert "s3://…@bucket/x" in captured.out
    assert SECRET not in captured.out
    assert not Path("plan.json").exists()


def test_an_old_server(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server without projects is told so before anything is sent."""
    server.version = (2, 4)
    assert call("apply", "--address", address, "--yes") == 3
    assert "BC820" in capsys.readouterr().err
    assert server.state.repos == set()


def test_what_still_differs_is_told(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody changes a pipeline right after: the last plan is not empty, which is said."""
    lists = {"count": 0}

    def meddle(name: str) -> None:
        if name.endswith("ListPipeline"):
            lists["count"] += 1
            if lists["count"] == 3:
                server.state.pipelines["lab", "first"].effective["description"] = "by hand"

    server.before = meddle
    assert call("apply", "--address", address, "--yes") == 3
    assert "BC821" in capsys.readouterr().err


def test_without_the_library(
    document: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra that is missing is named."""
    monkeypatch.setitem(__import__("sys").modules, "grpc", None)
    assert call("plan", "--address", "grpc://localhost:1") == 3
    assert "BC822" in capsys.readouterr().err


def test_without_a_terminal_nothing_is_done(
    server: StandIn, address: str, document: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is there to agree."""
    assert call("apply", "--address", address) == 1
    assert server.state.pipelines == {}


def test_a_newer_field_goes_into_the_batch(server: StandIn, address: str, document: Path) -> None:
    """A field that the package's messages lack is sent all the same, all or nothing."""
    changed(document, "from: scans:/<exam>", "from: {of: 'scans:/<exam>', reference: true}")
    assert call("apply", "--address", address, "--yes") == 0
    (request,) = [
        request for name, request, _ in server.calls if name.endswith("/BatchTransaction")
    ]
    message = request["requests"][1]["createPipelineV2"]["createPipelineRequest"]
    assert message["input"]["pfs"]["reference"] is True
    assert call("plan", "--address", address, "--detailed-exitcode") == 0


@pytest.mark.usefixtures("no_message")
def test_an_unknown_field_goes_through_a_transaction(
    server: StandIn, address: str, document: Path
) -> None:
    """A field that no message of ours has is sent as JSON, all or nothing."""
    assert call("apply", "--address", address, "--yes") == 0
    assert any(name.endswith("FinishTransaction") for name, _, _ in server.calls)
    assert call("plan", "--address", address, "--detailed-exitcode") == 0
    assert server.transactions == {}
