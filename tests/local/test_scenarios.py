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

# (scenarios, what is said of the difference, how it differs: docs/local-run.md has these words)
NAMED = (
    (
        "26-",
        "4: ",
        "a program that `job_timeout` ended holds up no later job; there its worker stays busy",
    ),
    (
        "27-",
        r"\.datums",
        "datums are listed right also after a failed validation; there the next list is stale",
    ),
    (
        "30-",
        r"a\\\\+b",
        "an output's name may hold a backslash and be read; there it is listed and cannot be read",
    ),
    (
        "30-",
        "job n17: ",
        "a sentence about a refused name quotes all of it; the recorded one stops at a newline",
    ),
    (
        "31-",
        r"put \{'/\./dot'|put \{'': ",
        "files named `.` or nothing cannot be given; there some such spellings are taken",
    ),
    (
        "31-",
        "__filesets__",
        "the sentence about an input with a backslash names the repo; there it names a file set",
    ),
    (
        "32-",
        "job loop: ",
        "of two links to each other the first in order is named; there the one that was met first",
    ),
    (
        "34-",
        "job nouser",
        "a job whose `user` does not exist ends and says so; there its worker never starts",
    ),
    (
        "37-",
        r"retry\.counts\.processed",
        "an attempt whose upload fails is not counted as processed; there each one is",
    ),
    ("37-", "output hostname", "files outside `/pfs` that an output links to are this machine's"),
    (
        "42-",
        "void-(cross|union)",
        "an input that never had a commit holds up no job; there it does",
    ),
    ("51-", "", "a clock ticks once a run, whatever its schedule"),
    (
        "64-",
        "",
        "jobs and pipelines cannot be stopped and started; Ctrl-C ends the run",
    ),
    ("66-", "", "services and spouts are not run"),
    (
        "67-",
        "seconds",
        "a program of a job that ran out of time ends at once; there it lives on for half a minute",
    ),
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


@pytest.mark.parametrize("reason", [reason for _, _, reason in NAMED])
def test_a_named_difference_is_documented(reason: str, root: Path) -> None:
    """The page on local runs has every difference that is named here, in these words."""
    page = " ".join((root / "docs" / "local-run.md").read_text(encoding="utf-8").split())

    assert f"* {reason[0].upper()}{reason[1:]}." in page


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
