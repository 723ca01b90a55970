"""Every recorded scenario of real workers, replayed; what differs is named here, with the reason.

Set `BCDSL_SCENARIOS` to replay the recordings of another folder.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from replay import Replay, scenarios

from bcdslc.local.namespace import refusal
from bcdslc.local.spawn import Spawn

# (scenarios, what is said of the difference, why it is so)
NAMED = (
    (
        "26-",
        r"4: ",
        "timing: there the killed job's program keeps the worker busy into the next job",
    ),
    (
        "27-",
        r"\.datums",
        "after a failed validation the server's list of datums is stale; counts are compared",
    ),
    ("30-", r"a\\\\+b", "a backslash in an output's name: there it is listed and cannot be read"),
    ("30-", r"job n17: ", "the recorded sentence stops at the newline of the name"),
    ("31-", r"put \{'/\./dot'|put \{'': ", "spellings of a path that no folder of files can have"),
    ("31-", r"__filesets__", "the sentence names a file set, which only a server has"),
    ("32-", r"job loop: ", "of two links to each other the server names the one it met first"),
    ("34-", r"job nouser", "there the worker never starts; here the job ends and says so"),
    ("37-", r"retry\.counts\.processed", "the server counts an attempt whose upload failed"),
    ("37-", r"output hostname", "a file of the machine that ran it"),
    (
        "42-",
        r"void-(cross|union)",
        "there a second input that never had a commit keeps other inputs from starting jobs",
    ),
    ("51-", r"", "a clock on a cluster: here a clock ticks once a run"),
    ("64-", r"", "stopping jobs and pipelines: a run has no such commands"),
    ("66-", r"", "services and spouts: not run here"),
    ("67-", r"seconds", "timing"),
)


def folder() -> Path:
    """Return where the recordings lie."""
    shared = Path(__file__).resolve().parents[3] / "shared"
    default = Path(os.environ.get("BCDSL_SHARED", shared)) / "conformance" / "runtime"
    return Path(os.environ.get("BCDSL_SCENARIOS", default))


@pytest.fixture(scope="module")
def spawn() -> Iterator[Spawn]:
    """Return a spawner for all scenarios."""
    os.umask(0o022)
    with Spawn() as spawn:
        yield spawn


OWN = Path(__file__).parent / "scenarios"
RECORDED = [path.name for path in scenarios(folder())]
NOT_RUN = ("51-", "66-")  # clocks and services of a cluster: nothing of them happens in a run


@pytest.mark.skipif(not RECORDED, reason="the recordings of real workers are not here")
@pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")
@pytest.mark.parametrize("name", [name for name in RECORDED if not name.startswith(NOT_RUN)])
def test_a_scenario_goes_as_on_real_workers(name: str, spawn: Spawn, tmp_path: Path) -> None:
    """Jobs, datums, counts, reasons and outputs are the recorded ones, less what is named."""
    differences = Replay(tmp_path, spawn).play(json.loads((folder() / name).read_text()))
    named = [pattern for start, pattern, _ in NAMED if name.startswith(start)]

    assert [d for d in differences if not any(re.search(p, d) for p in named)] == []


@pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")
@pytest.mark.parametrize("path", [*scenarios(OWN)], ids=lambda path: path.stem)
def test_a_scenario_goes_as_the_reference_says(path: Path, spawn: Spawn, tmp_path: Path) -> None:
    """Short scenarios of this project's own, written from what real workers were seen to do."""
    assert Replay(tmp_path, spawn).play(json.loads(path.read_text())) == []
