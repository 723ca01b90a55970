"""What we send is what was recorded: each call of ours, asked for the same thing."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError
from bcdslc.cluster.pachd import Pachd
from bcdslc.cluster.protocol import PipelineCall
from bcdslc.cluster.where import Where
from cluster.serve import serving
from cluster.stand_in import StandIn
from cluster.test_stand_in import lines

Action = Callable[[Pachd, Any, Path], object]


@dataclass
class Deaf(StandIn):
    """A server that answers whatever was recorded, and only listens."""

    answers: dict[str, Any] = field(default_factory=dict)

    def call(self, name: str, request: Any, metadata: dict[str, str]) -> Any:
        """Note the call; say what was recorded, else nothing."""
        self.calls.append((name, request, metadata))
        if name.endswith("GetVersion"):
            return {"major": 2, "minor": 12}
        return self.answers.get(name, {"id": "0" * 32} if name.endswith("StartTransaction") else {})


def key(request: Any, what: str) -> tuple[str, str]:
    """Return project and name of what a request is about."""
    return request[what]["project"]["name"], request[what]["name"]


def pipeline_calls(request: Any) -> list[PipelineCall]:
    """Return the pipelines of a recorded batch as they are asked for."""
    inside = [e["createPipelineV2"] for e in request["requests"] if "createPipelineV2" in e]
    return [
        PipelineCall(
            name=each["createPipelineRequest"]["pipeline"]["name"],
            spec=json.loads(each["userJson"]),
            update=each["createPipelineRequest"].get("update", False),
        )
        for each in inside
    ]


def batch(cluster: Pachd, request: Any, _: Path) -> object:
    """Make what a recorded batch makes."""
    repos = [e["createRepo"]["repo"]["name"] for e in request["requests"] if "createRepo" in e]
    return cluster.create_all("t7", repos, pipeline_calls(request), lambda _: None)


def put(cluster: Pachd, request: Any, folder: Path) -> object:
    """Put what a recorded upload puts."""
    at = request[0]["setCommit"]["branch"]
    (folder / "file").write_bytes(b"v")
    adds = {each["addFile"]["path"]: folder / "file" for each in request[1:]}
    project, repo = key(at, "repo")
    return cluster.files().change(project, repo, at["name"], (), adds, lambda _: None)


def walk(cluster: Pachd, request: Any, _: Path) -> object:
    """List the files of a recorded commit, which is the branch's head."""
    project, repo = key(request["file"]["commit"], "repo")
    return cluster.files().stored(project, repo, "master")


ACTIONS: dict[str, Action] = {
    "InspectPipeline": lambda c, r, _: c.pipeline(*key(r, "pipeline")),
    "DeletePipeline": lambda c, r, _: c.delete_pipeline(*key(r, "pipeline")),
    "StopPipeline": lambda c, r, _: c.stop_pipeline(*key(r, "pipeline")),
    "StartPipeline": lambda c, r, _: c.start_pipeline(*key(r, "pipeline")),
    "CreateProject": lambda c, r, _: c.create_project(r["project"]["name"]),
    "DeleteRepo": lambda c, r, _: c.delete_repo(*key(r, "repo")),
    "GetClusterDefaults": lambda c, r, _: c.cluster_defaults(),
    "GetProjectDefaults": lambda c, r, _: c.project_defaults(r["project"]["name"]),
    "ListJob": lambda c, r, _: (
        c.last_job(*key(r, "pipeline")) if "pipeline" in r
        else c.live_jobs(r["projects"][0]["name"], ())
    ),
    "ListBranch": lambda c, r, _: c.files().stored(*key(r, "repo"), "none"),
    "WalkFile": walk,
    "ModifyFile": put,
    "BatchTransaction": batch,
}  # fmt: skip
# Recorded with what none of our commands asks for.
OTHERWISE = ("mustExist", "keepRepo", "force", "all", "description")
# at least so many of these were recorded and compared
COUNT = {"InspectPipeline": 10, "DeletePipeline": 5, "WalkFile": 10, "BatchTransaction": 4}


def comparable(request: Any) -> Any:
    """Return a request with JSON texts as values, so that blanks do not count."""
    if isinstance(request, list):
        return [comparable(each) for each in request]
    if not isinstance(request, dict):
        return request
    return {
        name: comparable(json.loads(each)) if name.endswith("Json") else comparable(each)
        for name, each in request.items()
    }


def ours(line: dict[str, Any], folder: Path) -> list[Any]:
    """Return what we send by a recorded call's path where we are asked for the same."""
    path, request = line["call"], line["request"]
    server = Deaf()
    if path.endswith("BatchTransaction"):
        text = iter(each["createPipelineV2"]["effectiveJson"] for each in request["requests"]
                    if "createPipelineV2" in each)  # fmt: skip
        answers = [{"effectiveCreatePipelineRequestJson": each} for each in text]
        dry = "pps_v2.API/CreatePipelineV2"
        original = server.call

        def call(name: str, said: Any, metadata: dict[str, str]) -> Any:
            server.answers[dry] = answers[0] if answers else {}
            if name == dry:
                del answers[0]
            return original(name, said, metadata)

        server.call = call  # type: ignore[method-assign]
    if path.endswith(("WalkFile", "ModifyFile")):
        commit = request["file"]["commit"] if isinstance(request, dict) else request[0]["setCommit"]
        server.answers["pfs_v2.API/ListBranch"] = [
            {"branch": {"name": "master"}, "head": {"id": commit.get("id", "1")}}
        ]
    for stream in ("pps_v2.API/ListJob", "pfs_v2.API/ListBranch", "pfs_v2.API/WalkFile"):
        server.answers.setdefault(stream, [])
    with serving(server) as address:
        host, port = address.removeprefix("grpc://").split(":")
        cluster = Pachd(Channel(Where(host=host, port=int(port))))
        with suppress(ClusterError, ValueError):  # of an answer that says nothing
            ACTIONS[path.rpartition("/")[2]](cluster, request, folder)
    return [said for name, said, _ in server.calls if name == path]


def test_every_request_is_the_recorded_one(shared: Path, tmp_path: Path) -> None:
    """Field for field, for every recorded call that a command of ours makes alone."""
    compared: dict[str, int] = {}
    names = sorted(path.stem for path in (shared / "conformance" / "cluster").glob("*.jsonl"))
    for place, line in lines(shared, tuple(names)):
        method, request = line["call"].rpartition("/")[2], line["request"]
        if method not in ACTIONS or "metadata" in line or any(e in request for e in OTHERWISE):
            continue
        if method == "InspectPipeline" and request["pipeline"]["name"].endswith("^"):
            continue  # a version of the past
        if method == "ModifyFile" and ("id" in request[0]["setCommit"] or not whole(request)):
            continue  # into a commit that is open, which no command makes
        if method == "BatchTransaction" and "effectiveJson" not in json.dumps(request):
            continue  # refused for it
        sent = comparable(ours(line, tmp_path))
        assert comparable(request) in sent, (place, sent)
        compared[method] = compared.get(method, 0) + 1
    assert set(compared) == set(ACTIONS)
    assert all(compared[method] >= least for method, least in COUNT.items()), compared


def whole(request: Any) -> bool:
    """Tell whether an upload holds nothing but the file that ours holds."""
    return all(each.get("addFile", {}).get("raw") == "dg==" for each in request[1:])
