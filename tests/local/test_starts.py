"""What starts a job here, and how many programs at once: clocks, triggers, branches, memory."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from carrying import carried_out, output, ran, specs_of
from running import NAMESPACES, Bcdsl, write

from bcdslc.local import capacity
from bcdslc.local.settings import settings_of
from bcdslc.local.spawn import Spawn
from bcdslc.local.trigger import bytes_of

COPY = "cp -rL /pfs/in/* /pfs/out/"


def stage(given: dict[str, Any], shell: str = COPY, **more: Any) -> dict[str, Any]:
    """Return a spec."""
    transform = {"cmd": ["sh", "-c", shell]}
    return {"pipeline": {"name": "p"}, "transform": transform, "input": given, **more}


def triggered(**condition: Any) -> dict[str, Any]:
    """Return a stage that reads a branch which follows `master` on a condition."""
    trigger = {"branch": "master", **condition}
    return stage(
        {"pfs": {"repo": "src", "branch": "late", "name": "in", "glob": "/", "trigger": trigger}}
    )


@NAMESPACES
@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        ({"commits": 2}, [0, 1, 0, 1]),
        ({"size": "4B"}, [0, 0, 0, 1]),
        ({"commits": 2, "size": "4B"}, [0, 1, 0, 1]),
        ({"commits": 2, "size": "4B", "all": True}, [0, 0, 0, 1]),
        ({"cronSpec": "@yearly"}, [1, 1, 1, 1]),
    ],
)
def test_a_trigger_fires_on_its_condition(
    tmp_path: Path, condition: dict[str, Any], wanted: list[int]
) -> None:
    """After so many commits or bytes, or both; a schedule's in each run."""
    files: dict[str, str] = {}
    fired = []
    with Spawn() as spawn:
        for name in "abcd":
            files[f"/{name}"] = name
            result = carried_out(tmp_path, spawn, specs_of(triggered(**condition)), {"src": files})
            fired.append(len(ran(result).get("p", [])))

    assert fired == wanted
    assert output(tmp_path, "p") == {path: text.encode() for path, text in files.items()}


@pytest.mark.parametrize(
    ("text", "size"),
    [("1K", 1000), ("1Ki", 1024), ("1.5MB", 1_500_000), ("7", 7), (" 2 GiB ", 2 << 30), ("x", 0)],
)
def test_a_size_is_read_as_the_server_reads_it(text: str, size: int) -> None:
    """Units are decimal, with an `i` binary."""
    assert bytes_of(text) == size


@NAMESPACES
def test_a_clock_ticks_once_a_run_unless_told(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """Each run has one tick more; with `--no-tick` there is nothing to do."""
    clock = {"cron": {"name": "tick", "spec": "@daily"}}
    spec = stage(clock, 'touch /pfs/out/"$(basename "$tick")"')
    write(tmp_path, {"spec.json": json.dumps(spec)})
    outputs = []
    for more in ((), (), ("--no-tick",)):
        done = bcdsl("run", "--spec", "spec.json", "--store", "s", *more)
        assert done.returncode == 0, done.stderr
        outputs.append(len(bcdsl("store", "ls", "p", "--store", "s").stdout.splitlines()))
        time.sleep(1.1)  # ticks are named by the second

    assert outputs == [1, 2, 2]


@NAMESPACES
def test_branches_are_read_and_written_by_their_names(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """An input's branch, an output's branch, and data for one branch of a repo."""
    given = {"pfs": {"repo": "src", "branch": "dev", "name": "in", "glob": "/*"}}
    write(tmp_path, {"spec.json": json.dumps(stage(given, outputBranch="done")), "src/a": "A"})
    done = bcdsl("run", "--spec", "spec.json", "--data", "src@dev=src", "--store", "s")
    listed = bcdsl("store", "ls", "--store", "s").stdout

    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in listed.splitlines()] == ["p@done", "src@dev"]


@pytest.mark.parametrize(
    ("free", "request_", "wanted"),
    [(8, "2Gi", 4), (8, "3Gi", 2), (1, "2Gi", 1), (None, "2Gi", 8), (8, None, 8), (99, "2Gi", 8)],
)
def test_never_more_programs_than_fit_into_memory(
    monkeypatch: pytest.MonkeyPatch, free: int | None, request_: str | None, wanted: int
) -> None:
    """As many as the memory request fits, one at least, and no more than were asked for."""
    held = None if free is None else free << 30
    monkeypatch.setattr(capacity, "available_memory", lambda: held)
    more = {"resourceRequests": {"memory": request_}} if request_ else {}
    (spec,) = specs_of(stage({"pfs": {"repo": "src", "glob": "/*"}}, **more))

    assert capacity.at_once(settings_of(spec), 8) == wanted


@NAMESPACES
def test_an_interrupted_run_leaves_no_program_and_what_was_done(
    bcdsl: Bcdsl, tmp_path: Path
) -> None:
    """Ctrl-C ends the programs; the next run does only what was not finished."""
    shell = (
        "name=$(basename $in); echo $name >> /tmp/seen; cp /tmp/seen /pfs/out/$name; "
        "[ $name = a ] || [ -e /var/tmp/$MARK ] || sleep 600"
    )
    mark = f"bcdsl-{os.getpid()}-{tmp_path.name}"
    given = {"pfs": {"repo": "src", "name": "in", "glob": "/*"}}
    spec = stage(given, shell)
    spec["transform"]["env"] = {"MARK": mark}
    write(tmp_path, {"spec.json": json.dumps(spec), "src/a": "A", "src/b": "B"})
    words = ["run", "--spec", "spec.json", "--data", "src=src", "--store", "s", "-j", "1"]
    running = subprocess.Popen(
        [sys.executable, "-m", "bcdslc.cli", *words], cwd=tmp_path, stderr=subprocess.PIPE
    )
    for _ in range(400):
        if list((tmp_path / "s").glob("workers/*/worker-0/pfs/.scratch/*/*/pfs/*/out/b")):
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    assert running.communicate(timeout=30)[1].decode().splitlines()[-1] == "bcdsl: interrupted"
    assert running.returncode == 130
    assert not [p for p in Path("/proc").glob("[0-9]*/environ") if mark.encode() in _read(p)]
    Path("/var/tmp", mark).touch()
    try:
        done = bcdsl(*words)
    finally:
        Path("/var/tmp", mark).unlink()

    assert done.returncode == 0, done.stderr
    assert bcdsl("store", "cat", "p:/b", "--store", "s").stdout.split() == ["a", "b", "b"]


def _read(place: Path) -> bytes:
    try:
        return place.read_bytes()
    except OSError:
        return b""
