"""What tests of runs share."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bcdslc.local.namespace import refusal

Bcdsl = Callable[..., "subprocess.CompletedProcess[str]"]

NAMESPACES = pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
