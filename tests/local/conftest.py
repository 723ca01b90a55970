"""The program, as tests of runs call it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from running import Bcdsl


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
