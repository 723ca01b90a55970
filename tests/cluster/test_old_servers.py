"""Servers before 2.8: another call for pipelines, no JSON to read back, no defaults."""

from __future__ import annotations

import copy
import gzip
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bcdslc.cli.main import run
from bcdslc.cluster.request_message import request_bytes, spec_of_details
from bcdslc.plan.difference import differences
from bcdslc.plan.filled_start import without_filled_starts
from bcdslc.plan.normal import normal
from bcdslc.rule.newer_fields import newer_fields
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json
from cluster.old_server import OldServer
from cluster.serve import serving
from cluster.stand_in import Refused, StandIn, State
from cluster.test_any_dag import all_is_as, dags
from cluster.test_any_state import good, quietly

BEFORE = """\
dag: law
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
  b: {image: 'i:1', from: 'a:/<x>', cmd: b}
  tick: {image: 'i:1', from: {t: {cron: '@daily'}}, cmd: c}
"""
AFTER = (
    BEFORE.replace("'i:1', from: 'scans:/<x>'", "'i:2', from: 'scans:/<x>'").replace(
        "[scans]", "[scans, models]"
    )
    + "  c: {image: 'i:1', from: 'b:/<x>', cmd: c}\n"
)
OLD = [(2, 5), (2, 6), (2, 7)]


def versions(state: State) -> dict[str, int]:
    """Return the version of each pipeline."""
    return {name: each.version for (_, name), each in state.pipelines.items()}


def methods(server: OldServer) -> list[str]:
    """Return the methods that were called."""
    return [name.rpartition("/")[2] for name, _, _ in server.calls]


@pytest.mark.parametrize("version", OLD)
def test_all_is_made_in_one_transaction(
    version: tuple[int, int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After apply a plan is empty, a second apply sends nothing, drift is seen and repaired."""
    server = OldServer(version=version)
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    with serving(server) as address:
        arguments = [str(path), "--address", address]
        assert run(["apply", *arguments, "--yes"]) == 0
        assert methods(server).count("CreatePipeline") == 3
        assert {name for name, _, metadata in server.calls if "pach-transaction" in metadata} == {
            "pfs_v2.API/CreateRepo",
            "pps_v2.API/CreatePipeline",
        }
        assert "FinishTransaction" in methods(server)
        assert not {"CreatePipelineV2", "GetClusterDefaults", "BatchTransaction"} & {
            *methods(server)
        }
        assert run(["plan", *arguments, "--detailed-exitcode"]) == 0
        server.calls.clear()
        assert run(["apply", *arguments, "--yes"]) == 0
        assert set(methods(server)) <= {"GetVersion", "ListPipeline", "ListRepo", "ListJob"}
        server.state.pipelines["lab", "a"].effective["description"] = "by hand"
        assert run(["plan", *arguments, "--detailed-exitcode"]) == 2
        path.write_text(AFTER)
        assert run(["apply", *arguments, "--yes", "--reprocess", "b"]) == 0
        assert versions(server.state) == {"a": 2, "b": 2, "c": 1, "tick": 1}
        sent = [r for name, r, _ in server.calls if name.endswith("/CreatePipeline")]
        said = {r["pipeline"]["name"]: (r.get("update"), r.get("reprocess")) for r in sent}
        assert said == {"a": (True, None), "b": (True, True), "c": (None, None)}
        assert run(["status", *arguments]) in (0, 1)
        assert run(["destroy", *arguments, "--yes", "--repos"]) == 0
    assert server.state.pipelines == {}
    assert "Traceback" not in capsys.readouterr().err


def test_a_server_without_defaults(tmp_path: Path) -> None:
    """A later server that lacks the calls for defaults has none; the rest goes as ever."""
    server = StandIn(version=(2, 8))
    server.state.defaults = "{}"

    def lacks(name: str) -> None:
        if name.endswith("Defaults"):
            raise Refused("UNIMPLEMENTED", "unknown method for service pps_v2.API")

    server.before = lacks
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        assert run(["plan", str(path), "--address", address, "--detailed-exitcode"]) == 0


@pytest.mark.parametrize("version", OLD)
def test_files_go_and_come(version: tuple[int, int], tmp_path: Path) -> None:
    """Their commits are named by a branch and an ID."""
    server = OldServer(version=version)
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "1.txt").write_text("one")
    back = tmp_path / "back"
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        put = ["put", str(path), f"scans={tmp_path / 'data'}", "--address", address]
        assert run(put) == 0
        assert run(put) == 0
        assert run(["ls", str(path), "scans", "--address", address]) == 0
        assert run(["get", str(path), "scans", "-o", str(back), "--address", address]) == 0
    assert (back / "1.txt").read_text() == "one"
    assert methods(server).count("ModifyFile") == 1


@pytest.mark.parametrize("way", ["fail_at", "lose_at"])
def test_all_or_nothing_at_every_call(way: str, tmp_path: Path) -> None:
    """Fail, or lose the answer of, each call in turn: the state is the old or the new one."""
    server = OldServer()
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    with serving(server) as address:
        arguments = ["apply", str(path), "--address", address, "--yes"]
        assert run(arguments) == 0
        first = copy.deepcopy(server.state)
        path.write_text(AFTER)
        server.calls.clear()
        assert run(arguments) == 0
        number_of_calls, last = len(server.calls), versions(server.state)
        seen = set()
        for number in range(1, number_of_calls + 1):
            server.state, server.transactions = copy.deepcopy(first), {}
            server.calls.clear()
            setattr(server, way, number)
            code = run(arguments)
            setattr(server, way, None)
            assert versions(server.state) in (versions(first), last), number
            assert (("lab", "models") in server.state.repos) is (versions(server.state) == last)
            # the answer that names a transaction was lost: nobody can delete that one
            lost_start = way == "lose_at" and methods(server).count("StartTransaction") == 1
            assert server.transactions == {} or (lost_start and code == 3), number
            seen.add(versions(server.state) == last)
            assert run(arguments) == 0, number
            assert versions(server.state) == last, number
        assert seen == {True, False}


def test_a_transaction_that_stays_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where it cannot be deleted either, it is said how to; it does nothing."""
    server = OldServer()

    def cut(name: str) -> None:
        if name.endswith(("FinishTransaction", "DeleteTransaction")):
            raise Refused("UNAVAILABLE", "Socket closed")

    server.before = cut
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 3
    (left,) = server.transactions
    err = capsys.readouterr().err
    assert f"a transaction is still open: `pachctl delete transaction {left}`" in err
    assert "nothing was created or updated" in err
    assert server.state.pipelines == {}


@pytest.mark.parametrize(
    ("version", "text", "said"),
    [
        ((2, 7), BEFORE.replace("'a:/<x>'", "{of: 'a:/<x>', reference: true}"),
         "`reference` came with Pachyderm 2.12, and the server is 2.7"),
        ((2, 11), BEFORE.replace("'a:/<x>'", "{of: 'a:/<x>', reference: true}"),
         "`reference` came with Pachyderm 2.12, and the server is 2.11"),
        ((2, 5), BEFORE.replace("cmd: b", "cmd: b, spec: {sidecarResourceRequests: {cpu: 1}}"),
         "`sidecarResourceRequests` came with Pachyderm 2.6, and the server is 2.5"),
    ],
)  # fmt: skip
def test_a_newer_field_is_refused_first(
    version: tuple[int, int], text: str, said: str, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A field that the server lacks is told at its line, and nothing is sent."""
    server = (OldServer if version < (2, 8) else StandIn)(version=version)
    path = tmp_path / "law.bc.yaml"
    path.write_text(text)
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 1
    err = capsys.readouterr().err
    assert f"error[BC834]: {said}" in err
    assert "law.bc.yaml:6:" in err
    assert not any("Create" in name for name, _, _ in server.calls)


@pytest.mark.parametrize("command", [["plan"], ["apply", "--yes"], ["status"], ["ls", "a"]])
def test_servers_without_projects_are_refused(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Below 2.5 no command works, and each says so."""
    server = OldServer(version=(2, 4))
    path = tmp_path / "law.bc.yaml"
    path.write_text(BEFORE)
    with serving(server) as address:
        assert run([command[0], str(path), *command[1:], "--address", address]) == 3
    assert "error[BC820]: the server is Pachyderm 2.4, and bcdsl serves 2.5" in (
        capsys.readouterr().err
    )
    assert methods(server) == ["GetVersion"]


def test_what_is_stored_of_a_message_is_the_spec(shared: Path) -> None:
    """Spec to message to stored details: no accepted spec that can be one shows a difference."""
    from google.protobuf import json_format
    from python_pachyderm.proto.v2.pps import pps_pb2

    rows = 0
    with gzip.open(shared / "conformance" / "verdicts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if "stored" not in row:
                continue
            spec, _ = decode(row["effective"])
            assert spec is not None
            if list(newer_fields(spec.request, 7)):
                continue  # later than the messages of old servers
            wanted = form(row["effective"])
            sent = request_bytes(row["effective"], update=False, reprocess=False)
            assert sent is not None
            message = pps_pb2.CreatePipelineRequest.FromString(sent)
            assert differences(form(json_format.MessageToDict(message)), wanted) == (), row["id"]
            text = json.dumps(row["stored"]).replace('"<time>"', '"2024-01-01T00:00:00Z"')
            told = pps_pb2.PipelineInfo.Details(
                created_at={"seconds": 1}, salt="s", workers_requested=1
            )
            json_format.ParseDict(json.loads(text), told, ignore_unknown_fields=True)
            details = spec_of_details(told.SerializeToString())
            named = details | {"pipeline": row["effective"]["pipeline"]}
            stored = without_filled_starts(form(named, stored=True), wanted)
            assert differences(stored, wanted) == (), row["id"]
            rows += 1
    assert rows > 550


def form(value: dict[str, Any], *, stored: bool = False) -> dict[str, Any]:
    """Return the normal form of a spec."""
    spec, _ = decode(value)
    assert spec is not None
    return normal(to_json(spec.request), "default", stored=stored)


@settings(max_examples=15, deadline=None)
@given(good(), good(), st.sampled_from(OLD))
def test_after_apply_a_plan_is_empty(before: str, after: str, version: tuple[int, int]) -> None:
    """Any document that such a server can hold stands there after apply, and a plan is empty."""
    server = OldServer(version=version)
    with TemporaryDirectory() as folder, serving(server) as address:
        path = Path(folder, "any.bc.yaml")
        for text in (before, after):
            path.write_text(text)
            code, said = quietly("apply", str(path), "--address", address, "--yes", "--prune")
            assume("BC834" not in said and not (code == 3 and "the server refused" in said))
            assert "BC821" not in said, said
            assert server.transactions == {}
            if code == 0:
                arguments = ("plan", str(path), "--address", address, "--detailed-exitcode")
                assert quietly(*arguments)[0] == 0, quietly(*arguments)[1]


@settings(max_examples=15, deadline=None)
@given(dags(), dags())
def test_any_dag_becomes_any_other(before: Any, after: Any) -> None:
    """Moved branches and other kinds, too."""
    server = OldServer()
    with TemporaryDirectory() as folder, serving(server) as address:
        path = Path(folder, "any.bc.yaml")
        for document in (before, after):
            path.write_text(json.dumps(document))
            code, said = quietly("apply", str(path), "--address", address, "--yes", "--prune")
            assert server.transactions == {}
            if code == 0:
                assert all_is_as(server, document), said
