"""The stand-in gives the answers that a real server was recorded to give, call by call."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cluster.guarded import Guarded
from cluster.stand_in import Refused, StandIn, without_times

SCENARIOS = {
    "01-02-05": ("01-apply-tutorial-in-one-transaction", "02-update-tutorial", "05-delete"),
    "03-04-06": ("03-refusals-in-a-transaction", "04-dry-run", "06-states-and-kinds"),
    "07": ("07-batch",),
    "08": ("08-files",),
    "09": ("09-auth",),
}
UNSAID = (  # what a spec alone is refused for in words that are protobuf's, not the server's
    "as Create Pipeline Request message: proto:",
    "invalid effective spec",
    "current transaction is aborted",  # PostgreSQL's words for a repo that is missing
)
LEFT_OUT = (
    "GlobFile",
    "ListFile",
    "InspectFile",
    "ListCommit",
    "SquashCommitSet",
    "ListPipeline history",
    "InspectTransaction",
    "SetClusterDefaults",
)
TIMES = ("createdAt", "updatedAt", "workersStartedAt", "salt", "recentError", "workersRequested",
         "workersAvailable", "unclaimedTasks", "workerRc", "reason", "createdBy")  # fmt: skip


def lines(shared: Path, names: tuple[str, ...]) -> list[tuple[str, dict[str, Any]]]:
    """Return the calls of some recordings, each with where it stands."""
    found = []
    for name in names:
        text = (shared / "conformance" / "cluster" / f"{name}.jsonl").read_text(encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            found.append((f"{name}:{number}", json.loads(line)))
    return found


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_answers_are_the_recorded_ones(scenario: str, shared: Path) -> None:
    """Each recorded call of each scenario gets its recorded answer or error."""
    server = Guarded() if scenario == "09" else StandIn()
    ids: dict[str, str] = {}
    compared = 0
    for place, line in lines(shared, SCENARIOS[scenario]):
        method = line["call"].rpartition("/")[2]
        request = line["request"]
        named = request if isinstance(request, dict) else {}  # of a stream, a list
        name = str(named.get("pipeline", {}).get("name", ""))
        if method in LEFT_OUT or "history" in request or name.endswith("^"):
            continue
        if {"addFile": {"path": "/", "raw": "dg=="}} in list(request or ()):
            continue  # a file that is the root: no path of ours is
        request = _with_ids(request, ids)
        metadata = _with_ids(line.get("metadata", {}), ids)
        if line.get("as", "nobody") != "nobody":
            metadata["authn-token"] = f"token-of-{line['as']}"
        answer = _answer(server, line["call"], request, metadata)
        if isinstance(answer, Refused):
            assert "error" in line, (place, answer)
            _same_error(place, line["error"], answer)
        else:
            assert "response" in line, (place, line.get("error"))
            if method in ("StartTransaction", "StartCommit"):
                ids[line["response"]["id"]] = answer["id"]
            if method == "GetRobotToken":
                ids["<id1>"] = answer["token"]  # told as `<token>` here, so in a revocation
            _same_answer(place, method, line["response"], answer)
        compared += 1
    assert compared > 5


def _answer(server: StandIn, call: str, request: Any, metadata: Any) -> Any:
    try:
        return server.call(call, request, metadata)
    except Refused as refused:
        return refused


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    text = json.dumps(value)
    for told, ours in ids.items():
        text = text.replace(told, ours)
    return json.loads(text)


def _same_error(place: str, told: dict[str, str], ours: Refused) -> None:
    if any(words in told["text"] for words in UNSAID):
        return
    assert _any_order(ours.text) == _any_order(told["text"]), place
    assert ours.code == told["code"], place


def _any_order(text: str) -> str:
    """Return a text with the readers that it lists in one order, identifiers struck out."""
    plain = without_times(text)
    return re.sub(r"\[.*\]", lambda found: str(sorted(found[0][1:-1].split())), plain)


def _same_answer(place: str, method: str, told: Any, ours: Any) -> None:
    match method:
        case "ListPipeline":
            assert [_info(each) for each in sorted(ours, key=_name)] == [
                _info(each) for each in sorted(told, key=_name)
            ], place
        case "WalkFile":
            keys = ("fileType", "sizeBytes", "hash")
            one, other = (
                [(e["file"]["path"], *map(e.get, keys)) for e in each if e["file"]["path"] != "/"]
                for each in (ours, told)
            )
            assert one == other, place
        case "InspectCommit":
            assert ours["error"] == told.get("error", ""), place
        case "ListBranch":
            assert [each["branch"] for each in ours] == [each["branch"] for each in told], place
        case "ListJob":
            ours, told = (sorted(each, key=_of_job) for each in (ours, told))
            keys = ("pipelineVersion", "state", "stats")
            newest = [_newest(told, each) for each in ours]
            assert [[each[key] for key in keys] for each in ours] == newest, place
        case "InspectPipeline":
            assert _info(ours) == _info(told), place
        case "ListRepo":
            assert _repos(ours) == _repos(told), place
        case "CreatePipelineV2":
            key = "effectiveCreatePipelineRequestJson"
            assert _plain(json.loads(ours[key])) == _plain(json.loads(told[key])), place
        case "WhoAmI":
            assert ours["username"] == told["username"], place
        case "RevokeAuthToken" | "GetClusterDefaults" | "GetProjectDefaults" | "DeleteRepo":
            assert ours == told, place


def _of_job(job: dict[str, Any]) -> str:
    return str(job["job"]["pipeline"]["name"])


def _newest(told: list[dict[str, Any]], job: dict[str, Any]) -> list[Any]:
    """Return what was recorded of the newest job of a pipeline: they come newest first."""
    found = next(each for each in told if _of_job(each) == _of_job(job))
    return [found[key] for key in ("pipelineVersion", "state", "stats")]


def _name(info: dict[str, Any]) -> str:
    return str(info["pipeline"]["name"])


def _info(info: dict[str, Any]) -> Any:
    details = {key: value for key, value in info["details"].items() if key not in TIMES}
    return (
        info["pipeline"],
        info["version"],
        bool(info.get("stopped")),
        _plain(details),
        _plain(json.loads(info["effectiveSpecJson"])),
    )


def _plain(value: Any) -> Any:
    """Return a value with 64-bit integers and floats in one form, and no times."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items() if key != "start"}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, str) and re.fullmatch(r"\d+", value):
        return float(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _repos(repos: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((each["repo"]["name"], each["repo"]["type"]) for each in repos)
