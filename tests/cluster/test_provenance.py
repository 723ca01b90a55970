"""What the stand-in refuses of branches, stops and deletes, as the reference says of a server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cluster.stand_in import Refused, StandIn


def send(server: StandIn, name: str, *reads: str, update: bool = False, **fields: Any) -> None:
    """Create or update a pipeline that reads some branches, each `repo` or `repo@branch`."""
    leaves = []
    for each in reads:
        repo, _, branch = each.partition("@")
        leaves.append({"pfs": {"repo": repo, "name": repo, "branch": branch or "master",
                               "glob": "/"}})  # fmt: skip
    spec = {"pipeline": {"name": name}, "transform": {"cmd": ["c"]}, "input": {"cross": leaves}}
    text = json.dumps(spec | fields)
    request = {"createPipelineRequestJson": text, "update": update}
    server.call("pps_v2.API/CreatePipelineV2", request, {})


def call(server: StandIn, method: str, name: str) -> None:
    """Stop, start or delete a pipeline."""
    server.call(f"pps_v2.API/{method}Pipeline", {"pipeline": {"name": name}}, {})


@pytest.fixture
def server() -> StandIn:
    """Return a server on which `b` reads `a`, and both read `data`."""
    server = StandIn()
    server.state.repos.add(("default", "data"))
    send(server, "a", "data")
    send(server, "b", "a", "data")
    return server


def test_a_branch_moves_only_while_stopped(server: StandIn) -> None:
    """Stop, update, start; while others hold the old branch the start is refused."""
    with pytest.raises(Refused, match=r"multiple branches from the same repo, \"default/a.meta\""):
        send(server, "a", "data", update=True, outputBranch="o")
    call(server, "Stop", "a")
    send(server, "a", "data", update=True, outputBranch="o")
    a = server.state.pipelines["default", "a"]
    assert (a.stopped, a.version, a.job_version, a.last_job) == (True, 2, 1, "JOB_KILLED")
    with pytest.raises(Refused, match=r"multiple branches from the same repo, \"default/a\""):
        call(server, "Start", "a")
    call(server, "Stop", "b")
    call(server, "Start", "a")
    a = server.state.pipelines["default", "a"]
    assert (a.stopped, a.job_version, a.last_job) == (False, 2, "JOB_CREATED")
    with pytest.raises(Refused, match="multiple branches"):
        call(server, "Start", "b")


def test_a_stopped_reader_does_not_hold_a_delete_up(server: StandIn) -> None:
    """A running one does, and the refused delete has stopped its pipeline."""
    with pytest.raises(Refused, match="direct provenance"):
        call(server, "Delete", "a")
    assert server.state.pipelines["default", "a"].stopped
    call(server, "Stop", "b")
    call(server, "Delete", "a")
    with pytest.raises(Refused, match="repo default/a not found"):
        call(server, "Start", "b")
    assert server.state.pipelines["default", "b"].stopped


def test_another_kind_by_an_update_is_done_by_halves(server: StandIn) -> None:
    """It is accepted, and remembered so that no test lets it happen."""
    service = {"service": {"internalPort": 80}}
    send(server, "b", "a", "data", update=True, **service)
    assert server.state.halves == [("default", "b")]
