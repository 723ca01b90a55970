"""A run killed at named points, and run again: nothing is lost, nothing half-done is taken."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from carrying import carried_out, output, specs_of
from running import NAMESPACES

from bcdslc.local.spawn import Spawn

pytestmark = NAMESPACES

SPECS = tuple(
    {
        "pipeline": {"name": name},
        "transform": {"cmd": ["sh", "-c", f"cat /pfs/{source}/* > /pfs/out/$(ls /pfs/{source})"]},
        "input": {"pfs": {"repo": source, "glob": "/*"}},
    }
    for name, source in (("one", "src"), ("two", "one"))
)
BEFORE = {"src": {"/a": "ant", "/b": "bee", "/old": "gone"}}
AFTER = {"src": {"/a": "ape", "/b": "bee", "/c": "cat", "/d": "dog"}}

# where the process ends: just before or just after some call of these
CALLS = (
    "blob.Blobs._keep",
    "blob.Blobs.put",
    "blob.Blobs.put_bytes",
    "ledger.Ledger.add_commit",
    "ledger.Ledger.add_datum",
    "ledger.Ledger.start_job",
    "ledger.Ledger.end_job",
    "ledger.Ledger._insert",
    "spawn.Spawn.start",
    "layout.Pfs.clear",
    "attempt.lay_out",
    "attempt.write_env",
    "attempt.upload",
    "work.attempt",
    "job.merge",
)
POINTS = [f"{when} {call}" for call in CALLS for when in ("before", "after")]

KILLED = """
import os, signal, sys
from functools import reduce
from importlib import import_module
from pathlib import Path
from carrying import carried_out, specs_of
from test_kill_points import AFTER, SPECS

root, when, call, turn = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
module, *names, last = call.split(".")
owner = reduce(getattr, names, import_module("bcdslc.local." + module))
real, calls = getattr(owner, last), 0

def killing(*words, **more):
    global calls
    calls += 1
    mine = calls  # other threads count on
    if mine == turn and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = real(*words, **more)
    if mine == turn:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(owner, last, killing)
carried_out(root, None, specs_of(*SPECS), AFTER, 2)
"""


@pytest.fixture(scope="module")
def spawn() -> Iterator[Spawn]:
    """Return a spawner for the runs that are not killed."""
    with Spawn() as spawn:
        yield spawn


@pytest.mark.parametrize("point", POINTS)
def test_a_run_killed_at_a_point_is_made_good_by_the_next(
    tmp_path: Path, spawn: Spawn, point: str
) -> None:
    """The next run's outputs are those of a run that was never killed, byte for byte."""
    store = tmp_path / "store"
    carried_out(store, spawn, specs_of(*SPECS), BEFORE)
    when, call = point.split()
    turn = "1" if call.endswith(("_job", "merge")) else str(random.Random(point).randint(1, 3))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, store, when, call, turn],
        cwd=Path(__file__).parent,
        check=False,
    )
    carried_out(store, spawn, specs_of(*SPECS), AFTER, 2)

    assert killed.returncode == -signal.SIGKILL, "the point was never reached"
    for stage in ("one", "two"):
        wanted = {path: text.encode() for path, text in AFTER["src"].items()}
        assert output(store, stage) == wanted
