"""`pachctl next datum`, as programs of a batch call it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from bcdslc.local.batch import write_tools


def asking(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start it in a folder that stands for /pfs."""
    write_tools(folder / "tools")
    (folder / ".scratch/next").mkdir(parents=True)
    for name in ("ask", "answer"):
        os.mkfifo(folder / ".scratch/next" / name)
    return subprocess.Popen(
        [folder / "tools/pachctl", "next", "datum", *words],
        env={**os.environ, "PFS": str(folder)},
    )


def test_it_waits_for_an_answer_not_for_the_end_of_the_one_before(tmp_path: Path) -> None:
    """A pipe that is opened and closed without a line is no answer."""
    program = asking(tmp_path, "--error", "not good")
    with (tmp_path / ".scratch/next/ask").open() as ask:
        asked = ask.read()
    (tmp_path / ".scratch/next/answer").open("w").close()
    try:
        early = program.wait(0.5)
    except subprocess.TimeoutExpired:
        early = None
    assert early is None
    (tmp_path / ".scratch/next/answer").write_text("\n")

    assert asked == "not good\n"
    assert program.wait(10) == 0


def test_it_does_nothing_else(tmp_path: Path) -> None:
    """Other commands of pachctl are refused with a word."""
    write_tools(tmp_path)
    done = subprocess.run(
        [tmp_path / "pachctl", "list", "repo"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "only `next datum` works here" in done.stderr
