"""`bcdsl init`: what it writes, and what it leaves alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bcdsl.compose import compose
from bcdsl.fmt.format import format_text
from bcdsl.source import SourceFile
from bcdslc.cli.main import run
from bcdslc.starter import DOCUMENT, SCHEMA, SETTINGS, starter


def test_a_new_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three files are written and named, and the next step is said."""
    folder = tmp_path / "new"
    assert run(["init", str(folder)]) == 0
    written = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()}
    assert written == {DOCUMENT, SCHEMA, SETTINGS}
    assert f"bcdsl check {folder / DOCUMENT}" in capsys.readouterr().out


def test_the_document_is_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The starter compiles without a finding of any severity."""
    from bcdslc.cli.options import options_for
    from bcdslc.compile import compile_file

    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    compiled = compile_file(DOCUMENT, options_for(None, None))
    assert compiled.problems == ()
    assert [spec.name for spec in compiled.specs] == ["count", "report"]


def test_the_document_runs_here_with_data_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`bcdsl run` on the starter asks for data, and for nothing else."""
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    assert run(["run", DOCUMENT]) == 1
    told = capsys.readouterr().err
    assert set(re.findall(r"BC\d+", told)) == {"BC931"}
    assert re.findall(r"no data is given for `(\w+)`", told) == ["texts", "titles"]


def test_the_document_is_formatted() -> None:
    """The starter has the formatter's layout, and YAML finds nothing in it."""
    source = SourceFile(DOCUMENT, starter()[DOCUMENT])
    assert compose(source).problems == ()
    assert format_text(source).text == source.text


def test_the_modeline_leads_to_the_schema(tmp_path: Path) -> None:
    """An editor finds the schema beside the document, without the network."""
    assert run(["init", str(tmp_path)]) == 0
    first = (tmp_path / DOCUMENT).read_text().splitlines()[0]
    path = first.removeprefix("# yaml-language-server: $schema=")
    assert json.loads((tmp_path / path).read_text())["$schema"].startswith("http")
    settings = json.loads((tmp_path / SETTINGS).read_text())
    assert (tmp_path / next(iter(settings["yaml.schemas"]))).exists()


@pytest.mark.parametrize("name", [DOCUMENT, SCHEMA, SETTINGS])
def test_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A file in the way is named, and then no file is written."""
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine")
    assert run(["init", str(tmp_path)]) == 1
    assert file.read_text() == "mine"
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == [file]
    shown = capsys.readouterr().err
    assert "BC062" in shown
    assert name in shown


def test_a_second_run_is_fine(tmp_path: Path) -> None:
    """Files that say the same already stand in nobody's way."""
    assert run(["init", str(tmp_path)]) == 0
    assert run(["init", str(tmp_path)]) == 0


def test_a_file_in_place_of_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file where the folder should be is a finding."""
    (tmp_path / "x").write_text("mine")
    assert run(["init", str(tmp_path / "x")]) == 1
    assert "BC061" in capsys.readouterr().err
