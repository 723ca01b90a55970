"""`./dev demo`, at a small scale."""

from __future__ import annotations

import os
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


def test_a_new_patch_model_runs_three_stages(tmp_path: Path) -> None:
    """Only the stages that read the model, or what comes of it, run; the report says why."""
    for module in ("numpy", "scipy", "PIL", "h5py"):
        pytest.importorskip(module)
    example = ROOT / "examples/breast_cancer"
    shutil.copytree(example / "data/malign", tmp_path / "data" / "one")
    shutil.copytree(example / "models", tmp_path / "models")
    words = ["run", str(example / "pipeline.bc.yaml"), "--data", "sample_data=data"]
    words += ["--data", "models=models", "--store", "store"]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    reports = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "bcdslc.cli", *words],
            cwd=tmp_path,
            env={**os.environ, "PATH": path},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        reports.append(done.stdout)
        _retrained(tmp_path / "models" / "patch_model.npz")
    lines = {line.split()[0]: line for line in reports[1].splitlines() if line.strip()}

    for stage in ("crop", "extract_centers"):
        assert "nothing new" in lines[stage]
    for stage in ("generate_heatmaps", "classify", "visualize_heatmaps"):
        assert "the content changed" in lines[stage]


def _retrained(model: Path) -> None:
    """Change a model's weights a little."""
    import numpy as np

    with np.load(model) as held:
        weights = {name: held[name] for name in held.files}
    changed = {n: w * 0.9 if w.dtype.kind == "f" and w.ndim == 2 else w for n, w in weights.items()}
    np.savez(model, **changed)
