"""Engines that are not there, fail or are interrupted: no datum is blamed, nothing runs on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from engine_runs import DOCUMENT, SPEC, run, running, stored, words
from engines import IMAGE, StandIn
from running import NAMESPACES, write

pytestmark = NAMESPACES


def test_an_engine_that_is_not_there_is_told(folder: Path) -> None:
    """With what to do instead."""
    command = [sys.executable, "-m", "bcdslc.cli", "run", "p.bc.yaml", "--runner", "docker"]
    done = subprocess.run(
        [*command, "-d", "words=words"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PATH": "/nowhere", "NO_COLOR": "1"},
    )

    assert done.returncode == 1
    assert "error[BC950]: there is no program `docker` on this machine" in done.stderr
    assert "--runner podman" in done.stderr


def test_an_engine_without_its_daemon_is_told(engine: StandIn, folder: Path) -> None:
    """With the engine's own words."""
    engine.fails("info", "Cannot connect to the daemon")
    done = run(engine, folder)

    assert done.returncode == 1
    assert f"error[BC950]: `{engine.kind.value}` cannot be used here: Cannot connect" in done.stderr


@pytest.mark.parametrize("when", ["run", "start"])
def test_an_engine_that_fails_in_the_middle_blames_no_datum(
    engine: StandIn, folder: Path, when: str
) -> None:
    """The run ends with its words; the next one goes on, as if it had only been cut short.

    `run`: there is no container; `start`: there is one that was never started.
    """
    engine.fails(when, "setrlimit `RLIMIT_NOFILE`: Operation not permitted")
    done = run(engine, folder)
    engine.works()
    again = run(engine, folder)

    assert done.returncode == 1
    assert f"error[BC952]: `{engine.kind.value}` could not carry on: setrlimit" in done.stderr
    assert "BC935" not in done.stderr
    assert again.returncode == 0, again.stderr
    assert stored(folder, "cat", "both:/b") == "BEE\nbee\n"


def test_an_engine_that_dies_in_the_middle_blames_no_datum(engine: StandIn, folder: Path) -> None:
    """Its own program is killed while a container runs: the run ends, and no container stays."""
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["sh", "-c", "kill -9 $PPID; sleep 60"]}}
    write(folder, {"s.json": json.dumps(spec)})
    done = run(engine, folder, "--spec", "s.json")

    assert done.returncode == 1
    assert "could not carry on: its own program was ended by signal 9" in done.stderr
    assert "BC935" not in done.stderr
    assert engine.containers() == []
    assert running(engine) == []


def _here(folder: Path) -> str:
    """Write a spec that needs no image."""
    write(folder, {"h.json": json.dumps({**SPEC, "transform": {"cmd": ["true"]}})})
    return "h.json"


def _slow(folder: Path) -> None:
    """Let each datum say that it began and then take long."""
    script = 'script: echo on > "/pfs/out/on"; sleep 60; tr'
    write(folder, {"p.bc.yaml": DOCUMENT.replace("script: tr", script)})


def _begun(engine: StandIn, folder: Path) -> subprocess.Popen[str]:
    """Start a slow run and wait for its first container."""
    process = subprocess.Popen(
        words(engine, "p.bc.yaml"),
        cwd=folder,
        env=dict(engine.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(200):
        if running(engine):
            return process
        time.sleep(0.05)
    process.kill()
    raise AssertionError(process.communicate()[1])


def test_ctrl_c_ends_the_containers(engine: StandIn, folder: Path) -> None:
    """None runs on, and none is left."""
    _slow(folder)
    process = _begun(engine, folder)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)

    assert process.returncode != 0
    assert running(engine) == []
    assert engine.containers() == []


@pytest.mark.parametrize("runner", ["the same", "local"])
def test_what_a_killed_run_left_is_ended_by_the_next(
    engine: StandIn, folder: Path, runner: str
) -> None:
    """Its container still runs; the next run ends it first, with an engine or without."""
    _slow(folder)
    process = _begun(engine, folder)
    process.kill()
    process.communicate()
    left = running(engine)
    foreign = {"label": "bcdsl.store=another", "state": {"Running": False}, "pid": 0}
    write(engine.state / "containers", {"other.json": json.dumps(foreign)})
    write(folder, {"p.bc.yaml": DOCUMENT})
    more = ("--runner", "local", "--spec", _here(folder)) if runner == "local" else ("p.bc.yaml",)
    done = run(engine, folder, *more)

    assert len(left) == 1
    assert done.returncode == 0, done.stderr
    assert not [pid for pid in left if Path(f"/proc/{pid}/exe").exists()]
    assert engine.containers() == ["other"]
