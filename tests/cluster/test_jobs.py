"""Jobs that still run are counted, and pipelines stopped and started, as a server takes it."""

from __future__ import annotations

import pytest

from bcdslc.cluster.channel import Channel
from bcdslc.cluster.fault import ClusterError, Trouble
from bcdslc.cluster.pachd import Pachd
from bcdslc.cluster.where import Where
from cluster.serve import serving
from cluster.stand_in import Pipeline, StandIn


def pipeline(name: str, *jobs: str, project: str = "lab") -> Pipeline:
    """Return a pipeline with jobs, the newest first."""
    return Pipeline(
        project=project,
        name=name,
        version=1,
        commit="c",
        user="{}",
        effective={"pipeline": {"name": name}, "transform": {}, "outputBranch": "master"},
        last_job=jobs[0],
        earlier_jobs=jobs[1:],
    )


def cluster_at(address: str) -> Pachd:
    """Return the cluster at an address."""
    host, port = address.removeprefix("grpc://").split(":")
    return Pachd(Channel(Where(host=host, port=int(port))))


def test_live_jobs_are_counted_with_one_call() -> None:
    """Every unfinished job counts, whatever the last one's state; others' do not."""
    server = StandIn()
    server.state.projects |= {"lab", "other"}
    for each in (
        pipeline("busy", "JOB_CREATED", "JOB_RUNNING", "JOB_SUCCESS"),
        pipeline("behind", "JOB_UNRUNNABLE", "JOB_EGRESSING", "JOB_FINISHING", "JOB_STARTING"),
        pipeline("idle", "JOB_SUCCESS", "JOB_KILLED", "JOB_FAILURE"),
        pipeline("not_asked", "JOB_RUNNING"),
        pipeline("busy", "JOB_RUNNING", project="other"),
    ):
        server.state.pipelines[each.key] = each
    with serving(server) as address:
        found = cluster_at(address).live_jobs("lab", {"busy", "behind", "idle", "missing"})
    assert found == {"busy": 2, "behind": 3}
    assert [(name, request) for name, request, _ in server.calls[1:]] == [  # after the version
        ("pps_v2.API/ListJob", {"projects": [{"name": "lab"}]})  # as it was recorded
    ]


def test_stop_and_start() -> None:
    """A stop kills the jobs; a start makes one; only a start minds that nothing is there."""
    server = StandIn()
    server.state.projects.add("lab")
    server.state.pipelines["lab", "a"] = pipeline("a", "JOB_RUNNING", "JOB_RUNNING")
    with serving(server) as address:
        cluster = cluster_at(address)
        cluster.stop_pipeline("lab", "a")
        seen = cluster.pipeline("lab", "a")
        assert seen is not None
        assert (seen.stopped, seen.state) == (True, "PIPELINE_PAUSED")
        assert cluster.live_jobs("lab", ["a"]) == {}
        cluster.start_pipeline("lab", "a")
        assert cluster.live_jobs("lab", ["a"]) == {"a": 1}
        cluster.stop_pipeline("lab", "none")
        with pytest.raises(ClusterError) as raised:
            cluster.start_pipeline("lab", "none")
    assert raised.value.fault.trouble is Trouble.MISSING
