"""What tests of runs share."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bcdslc.local.namespace import refusal

Bcdsl = Callable[..., "subprocess.CompletedProcess[str]"]

NAMESPACES = pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")


@pytest.fixture
def bcdsl(tmp_path: Path) -> Bcdsl:
    """Return a function that runs `bcdsl` in the test's folder."""

    def call(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bcdslc.cli", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "NO_COLOR": "1", "PYTHONWARNINGS": "default"},
            timeout=120,
            **options,  # type: ignore[call-overload]
        )

    return call


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
