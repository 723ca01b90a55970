"""Engines for tests: the stand-in, and those that work on this machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bcdsl.diagnostic import Diagnostic
from bcdslc.local.engine.call import EngineError, found
from bcdslc.local.engine.command import Kind
from bcdslc.local.engine.engine import Engine, facts
from bcdslc.local.engine.image import image
from bcdslc.local.engine.roads import EngineRoads, engine_roads

SCRIPT = Path(__file__).with_name("engine_stand_in.py")
IMAGE = "lab/tools:3"
# an image with bash and the usual programs, for the engines of this machine
REAL_IMAGE = os.environ.get("BCDSL_TEST_IMAGE", "docker.io/library/debian:stable-slim")


class StandIn:
    """The stand-in's folders: `bin` for the search path, `state` is all that it holds."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.bin, self.state, self.kind = folder / "bin", folder / "state", kind
        self.bin.mkdir(parents=True)
        self.state.mkdir()
        program = self.bin / kind.value
        program.write_text(f'#!/bin/sh\nexec {sys.executable} {SCRIPT} {kind.value} "$@"\n')
        program.chmod(0o755)
        self.has(IMAGE)

    def has(self, name: str, id: str = "1" * 64, **config: Any) -> None:
        """Give the engine an image."""
        self._add("images", name, {"Id": id, "Config": config})

    def can_pull(self, name: str) -> None:
        """Let the registry have an image."""
        self._add("registry", name, {"Id": "2" * 64, "Config": {}})

    def fails(self, word: str, text: str) -> None:
        """Let every call of one kind fail."""
        self._add("faults", word, text)

    def works(self) -> None:
        """Let no call fail any more."""
        (self.state / "faults.json").unlink()

    def fact(self, name: str, value: Any) -> None:
        """Let the engine be of some kind."""
        self._add("facts", name, value)

    def _add(self, file: str, name: str, value: Any) -> None:
        path = self.state / f"{file}.json"
        held = json.loads(path.read_text()) if path.exists() else {}
        path.write_text(json.dumps({**held, name: value}))

    def calls(self, word: str) -> list[list[str]]:
        """Return the calls of one kind so far."""
        path = self.state / "calls"
        lines = path.read_text().splitlines() if path.exists() else []
        return [call for call in map(json.loads, lines) if call[1] == word]

    def containers(self) -> list[str]:
        """Return the containers that it still holds."""
        return sorted(place.stem for place in (self.state / "containers").glob("*.json"))

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables by which it is found, and finds its state."""
        path = f"{self.bin}:{os.environ['PATH']}"
        return {**os.environ, "PATH": path, "STAND_IN": str(self.state)}


@contextmanager
def on_path(stand_in: StandIn) -> Iterator[None]:
    """Let this process find the stand-in."""
    with patch.dict(os.environ, stand_in.environment):
        yield


def roads(kind: Kind, store: Path, tools: Path) -> EngineRoads:
    """Return the roads of a run in this process."""
    made = engine_roads(kind, store=store, tools=tools, gpus="", say=lambda _: None)
    assert not isinstance(made, Diagnostic), made.message
    return made


@cache
def why_not(kind: Kind) -> str:
    """Return why an engine of this machine cannot run the tests' image, empty if it can."""
    call = found(kind)
    if call is None:
        return f"there is no {kind.value} here"
    try:
        if image(call, REAL_IMAGE) is None:
            return f"{kind.value} has no image {REAL_IMAGE}; BCDSL_TEST_IMAGE may name another"
        Engine(call, facts(call), Path("/")).init(REAL_IMAGE)
    except EngineError as error:
        return f"{kind.value} does not work here: {error}"
    return _start(kind)


def _start(kind: Kind) -> str:
    """Return why a container does not start."""
    done = subprocess.run(
        [shutil.which(kind.value) or kind.value, "run", "--rm", REAL_IMAGE, "true"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return "" if done.returncode == 0 else f"{kind.value} starts no container: {done.stderr[-200:]}"
