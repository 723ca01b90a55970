"""Runs of small documents and specs through an engine's stand-in."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engines import IMAGE, StandIn
from running import write

DOCUMENT = """\
repos: [words]
defaults: {image: "lab/tools:3"}
stages:
  upper:
    from: words:/<name>
    script: tr a-z A-Z < "$words" > /pfs/out/$(basename "$words")
  both:
    from: {u: upper:/<name>, w: words:/<name>}
    script: cat "$u" "$w" > /pfs/out/$(basename "$u")
"""
SPEC = {"pipeline": {"name": "p"}, "input": {"pfs": {"repo": "words", "glob": "/*"}}}
Program = Callable[..., "subprocess.CompletedProcess[str]"]


def words(engine: StandIn, *more: str) -> list[str]:
    """Return the command line of a run."""
    start = [sys.executable, "-m", "bcdslc.cli", "run", "--runner", engine.kind.value]
    return [*start, "-d", "words=words", "-j", "1", *more]


def run(engine: StandIn, folder: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run the document, or what else is asked for."""
    return subprocess.run(
        words(engine, *(more or ("p.bc.yaml",))),
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**engine.environment, "NO_COLOR": "1"},
        timeout=60,
    )


def job(engine: StandIn, folder: Path, transform: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Run one spec and return its job."""
    spec = {**SPEC, "transform": {"image": IMAGE, **transform}, "datumTries": 1, **more}
    write(folder, {"s.json": json.dumps(spec)})
    done = run(engine, folder, "--spec", "s.json", "--json")
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)["stages"][0]["job"]
    return found


def reasons(job: dict[str, Any]) -> list[str]:
    """Return why its datums failed."""
    return [datum["reason"] for datum in job["datums"]]


def started(engine: StandIn) -> list[list[str]]:
    """Return how programs were started; `/-` is how a first process is tried."""
    return [call for call in engine.calls("run") if "/-" not in call]


def stored(folder: Path, *of: str) -> str:
    """Return what `bcdsl store` says."""
    done = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", "store", *of],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8", "replace")


def running(engine: StandIn) -> list[int]:
    """Return the processes of containers that run."""
    found = []
    for place in (engine.state / "containers").glob("*.json"):
        held = json.loads(place.read_text())
        if held["state"]["Running"] and Path(f"/proc/{held['pid']}").exists():
            found.append(held["pid"])
    return found


def spec_of_other(folder: Path, **transform: str) -> str:
    """Write a spec of another pipeline, and return its file's name."""
    spec = {**SPEC, "transform": {"image": IMAGE, "cmd": ["true"], **transform}}
    write(folder, {"o.json": json.dumps({**spec, "pipeline": {"name": "o"}})})
    return "o.json"
