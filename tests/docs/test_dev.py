"""`./dev`: it makes its environment once, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

PYTHON = """\
#!/bin/sh
case "$*" in
  "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
  "-m pip"*) echo "$PYTHONWARNINGS $*" >> log ;;
esac
"""


def test_the_environment_is_made_once(tmp_path: Path, root: Path) -> None:
    """The first command installs and says what takes so long; the second says nothing."""
    shutil.copy(root / "dev", tmp_path / "dev")
    (tmp_path / "pyproject.toml").touch()
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)

    first, second = (
        subprocess.run(
            ["sh", "dev", "run", "echo", "ran"],
            cwd=tmp_path,
            env={**os.environ, "PYTHON": str(python)},
            capture_output=True,
            text=True,
            check=True,
        )
        for _ in range(2)
    )

    assert first.stderr == "dev: making .venv (once, about a minute)…\n"
    assert (first.stdout, second.stdout, second.stderr) == ("ran\n", "ran\n", "")
    calls = (tmp_path / "log").read_text().splitlines()
    assert len(calls) == 2
    assert all(call.startswith("ignore -m pip install") for call in calls)
