"""`bcdsl check`: which documents it looks at."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcdslc.cli.main import run

DOCUMENT = "repos: [a]\nstages: {b: {image: 'tools:1.0', from: a, cmd: run}}\n"


def test_folders_stand_for_the_documents_below(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All documents below a folder are checked, each once, and nothing else is."""
    monkeypatch.chdir(tmp_path)
    Path("in/deep").mkdir(parents=True)
    Path("in/one.bc.yaml").write_text(DOCUMENT)
    Path("in/deep/two.bc.yml").write_text(DOCUMENT)
    Path("in/other.yaml").write_text("no: [document")

    assert run(["check", "in/one.bc.yaml", "in"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "in/one.bc.yaml: fine, 1 stage",
        "in/deep/two.bc.yml: fine, 1 stage",
    ]


def test_a_folder_without_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in which nothing could be checked is no success."""
    assert run(["check", str(tmp_path)]) == 1
    assert "BC002" in capsys.readouterr().out
