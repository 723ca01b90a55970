"""`./dev demo`, at a small scale."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_ends_with_its_page(tmp_path: Path) -> None:
    """One real exam goes through all stages, a second run through none; the page has all."""
    for module in ("numpy", "scipy", "PIL", "h5py"):
        pytest.importorskip(module)
    shutil.copytree(ROOT / "examples/breast_cancer/data/benign", tmp_path / "data" / "one")
    done = subprocess.run(
        [
            sys.executable,
            "examples/demo.py",
            "--data",
            tmp_path / "data",
            "--out",
            tmp_path / "out",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    page = (tmp_path / "out" / "index.html").read_text()

    assert done.returncode == 0, done.stdout + done.stderr
    assert "5 datums ran" in done.stdout
    assert "0 datums ran" in done.stdout
    assert "Not for medical use" in page
    assert page.count("data:image/jpeg;base64,") == 12
    assert len(re.findall(r"<rect class=.(?:stage|repo)", page)) == 7
