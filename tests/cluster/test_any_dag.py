"""Any DAG becomes any other: branches move, kinds change, edges turn round, calls fail."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cluster.old_server import OldServer
from cluster.serve import serving
from cluster.stand_in import StandIn
from cluster.test_any_state import quietly

NAMES = ("s", "t", "u", "v", "w")
SERVICE = {"port": 80, "external": 30080}


@st.composite
def dags(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a document whose stages read data and each other, in any order of their names."""
    stages: dict[str, Any] = {}
    order = draw(st.permutations(NAMES))[: draw(st.integers(1, len(NAMES)))]
    for name in order:
        above = draw(
            st.lists(st.sampled_from(["data", *stages]), min_size=1, max_size=2, unique=True)
        )
        stage = {"from": sorted(above), "cmd": draw(st.sampled_from("ab"))}
        if draw(st.integers(0, 2)) == 0:
            stage["output_branch"] = "o"
        if draw(st.integers(0, 3)) == 0:
            stage["service"] = SERVICE
        stages[name] = stage
    return {"dag": "d", "project": "p", "repos": ["data"], "defaults": {"image": "i:1"},
            "stages": stages}  # fmt: skip


def all_is_as(server: StandIn, document: dict[str, Any]) -> bool:
    """Tell whether all that stands is what the document says, and runs."""
    stand = {name: each for (_, name), each in server.state.pipelines.items()}
    if stand.keys() != document["stages"].keys() or server.state.halves:
        return False
    return all(
        not each.stopped
        and each.effective["outputBranch"] == stage.get("output_branch", "master")
        and ("service" in each.effective) is ("service" in stage)
        for name, stage in document["stages"].items()
        for each in [stand[name]]
    )


@settings(max_examples=40)
@given(
    dags(),
    dags(),
    st.one_of(st.none(), st.tuples(st.sampled_from(["fail_at", "lose_at"]), st.integers(1, 30))),
    st.sampled_from([StandIn, OldServer]),
)
def test_any_dag_becomes_any_other(
    before: dict[str, Any],
    after: dict[str, Any],
    fault: tuple[str, int] | None,
    kind: type[StandIn],
) -> None:
    """Applied, perhaps after a failure at any call, all stands and runs; a second plan is empty."""
    server = kind()
    with TemporaryDirectory() as folder, serving(server) as address:
        path = Path(folder, "any.bc.yaml")
        path.write_text(json.dumps(before))
        assert quietly("apply", str(path), "--address", address, "--yes")[0] == 0
        path.write_text(json.dumps(after))
        agreed = [word for name in after["stages"] for word in ("--recreate", name)]
        arguments = ["apply", str(path), "--address", address, "--yes", "--prune", *agreed]
        server.calls.clear()
        if fault is not None:
            setattr(server, *fault)
            code, said = quietly(*arguments)
            assert code in (0, 3), said
            assert code == 0 or "error" in said
            server.fail_at = server.lose_at = None
        code, said = quietly(*arguments)
        assert code == 0, said
        assert all_is_as(server, after), said
        assert server.transactions == {} or fault is not None
        code, said = quietly("plan", str(path), "--address", address, "--detailed-exitcode")
        assert code == 0, said
        server.calls.clear()
        assert quietly(*arguments)[0] == 0
        sent = {name.rpartition("/")[2] for name, _, _ in server.calls}
        assert not any(
            word in each for each in sent for word in ("Batch", "Create", "Stop", "Start")
        )
