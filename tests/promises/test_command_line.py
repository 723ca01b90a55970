"""`--param` and `--profile` on the commands that take a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from bcdslc.cli.main import run

DOCUMENT = """\
params: {site: ~}
repos: [r]
stages:
  a: {image: "i:1", cmd: "w <site>", from: "r:/<x>"}
profiles: {many: {stages: {a: {workers: 4}}}}
"""
COMMANDS = ("check", "compile", "explain-input")


@pytest.fixture
def document(tmp_path: Path) -> str:
    """Return the path of a document."""
    path = tmp_path / "p.bc.yaml"
    path.write_text(DOCUMENT, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--param", "site=a", "--param", "siet=b"], "no parameter `siet`"),
        (["--param", "site=a", "--profile", "mny"], "no profile `mny`"),
        (["--param", "site"], "is not NAME=VALUE"),
        (["--param", "site=a", "--param", "site=b"], "given twice"),
    ],
)
def test_unknown_names_are_errors_of_usage(
    command: str,
    options: list[str],
    word: str,
    document: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A name that the document lacks, or an option that cannot be read, ends with 64."""
    assert run([command, document, *options]) == 64
    told = capsys.readouterr()
    assert word in told.out + told.err


@pytest.mark.parametrize("command", COMMANDS)
def test_a_value_fills_the_parameter(command: str, document: str) -> None:
    """Without it the document has an error; with it and a profile all is well."""
    assert run([command, document]) == 1
    assert run([command, document, "--param", "site=a", "--profile", "many"]) == 0
