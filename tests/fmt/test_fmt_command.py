"""`bcdsl fmt` as a program: files, standard input, exit codes."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from bcdslc.cli.main import run

UGLY = "a:   [b,c]\n"
NEAT = "a: [b, c]\n"


def test_a_file_is_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is replaced and named; a neat one is neither."""
    ugly, neat = tmp_path / "ugly.bc.yaml", tmp_path / "neat.bc.yaml"
    ugly.write_text(UGLY)
    neat.write_text(NEAT)
    assert run(["fmt", str(ugly), str(neat)]) == 0
    assert ugly.read_text() == NEAT
    assert capsys.readouterr().out == f"{ugly}: formatted\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["neat.bc.yaml", "ugly.bc.yaml"]


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_looking_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    """`--check` and `--diff` write no file and exit with 1 if they would."""
    file = tmp_path / "x.bc.yaml"
    file.write_text(UGLY)
    assert run(["fmt", option, str(file)]) == 1
    assert file.read_text() == UGLY
    shown = capsys.readouterr().out
    assert ("+a: [b, c]" in shown) == (option == "--diff")
    file.write_text(NEAT)
    assert run(["fmt", option, str(file)]) == 0
    assert capsys.readouterr().out == ""


def test_a_file_with_an_error_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What YAML cannot read is reported and not touched; the other files are formatted."""
    wrong, ugly = tmp_path / "wrong.bc.yaml", tmp_path / "ugly.bc.yaml"
    wrong.write_text("a:   b: c\n")
    ugly.write_text(UGLY)
    assert run(["fmt", str(wrong), str(ugly), str(tmp_path / "none")]) == 1
    assert wrong.read_text() == "a:   b: c\n"
    assert ugly.read_text() == NEAT
    shown = capsys.readouterr().err
    assert "BC024" in shown
    assert "BC001" in shown


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads standard input and writes standard output."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(UGLY.encode())))
    assert run(["fmt", "-"]) == 0
    assert capsys.readouterr().out == NEAT
