"""The program, and the engines' stand-ins, as tests of runs use them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from engine_runs import DOCUMENT
from engines import StandIn
from running import Bcdsl, write

from bcdslc.local.engine.command import Kind


@pytest.fixture
def bcdsl(tmp_path: Path) -> Bcdsl:
    """Return a function that runs `bcdsl` in the test's folder."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bcdslc.cli", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NO_COLOR": "1"},
            timeout=120,
        )

    return call


@pytest.fixture(params=list(Kind), ids=lambda kind: kind.value)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> StandIn:
    """Return a stand-in for each kind of engine."""
    kind: Kind = request.param
    return StandIn(tmp_path / "engine", kind)


@pytest.fixture
def podman(tmp_path: Path) -> StandIn:
    """Return one stand-in, where the kinds do not differ."""
    return StandIn(tmp_path / "engine", Kind.PODMAN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document of two stages and two words."""
    write(tmp_path, {"p.bc.yaml": DOCUMENT})
    write(tmp_path / "words", {"a": "ant\n", "b": "bee\n"})
    return tmp_path
