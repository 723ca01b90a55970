"""`bcdsl schema`: printing, and checking a file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from bcdslc.cli.main import run


def test_it_prints_the_packaged_schemas(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Both schemas come out as they stand under schemas/."""
    for what, name in (("dsl", "bcdsl"), ("pachyderm", "pachyderm-pipeline")):
        assert run(["schema", what]) == 0
        text = (root / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
        assert capsys.readouterr().out == text
    assert run(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "bcdsl document"


def test_examples_pass(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every example has the shape that the schema wants."""
    for path in sorted((root / "examples").rglob("*.bc.yaml")):
        assert run(["schema", "check", str(path)]) == 0, path
    assert capsys.readouterr().out == ""


def test_a_typo_is_told_at_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """BC594 with the place in the author's file, for either schema."""
    document = tmp_path / "typo.bc.yaml"
    document.write_text("stages:\n  crop: {imgae: tools:1.0, workers: x}\n", encoding="utf-8")
    spec = tmp_path / "spec.json"
    spec.write_text('{"pipeline": {"name": "a"}, "transfrom": {}}', encoding="utf-8")

    assert run(["schema", "check", str(document), "--format", "concise"]) == 1
    assert capsys.readouterr().out == (
        f"{document}:2:10: error BC594: `imgae` is no key of `stage`\n"
        f"{document}:2:37: error BC594: a whole number is wanted here\n"
    )
    assert run(["schema", "check", str(spec), "--format", "concise"]) == 1
    assert "`transfrom` is no key of `create pipeline request`" in capsys.readouterr().out
    assert run(["schema", "check", str(spec), "--schema", "dsl"]) == 1


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ('"autoscaling": "yes"', "true or false is wanted here, not `yes`"),
        ('"transform": {"cmd": "x"}', "a list is wanted here, not `x`"),
        ('"transform": [1]', "a mapping is wanted here, not a list"),
        ('"datumTries": 1.5', "a whole number is wanted here, not `1.5`"),
        ('"jobTimeout": "1h"', "`1h` is not of the form `^-?[0-9]+"),
        ('"tolerations": [{"effect": "NOPE"}]', "`NOPE` is none of `ALL_EFFECTS`, "),
        ('"dry_run": true, "dryRun": true', "`dry_run` and `dryRun` cannot stand together"),
    ],
)
def test_specs_are_told_in_our_words(
    field: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the validator finds is said as bcdsl says it."""
    spec = tmp_path / "spec.json"
    spec.write_text(f'{{"pipeline": {{"name": "a"}}, {field}}}', encoding="utf-8")

    assert run(["schema", "check", str(spec), "--format", "concise"]) == 1
    assert said in capsys.readouterr().out


def test_without_jsonschema_it_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """BC595 names the extra."""
    document = tmp_path / "a.bc.yaml"
    document.write_text("stages: {}\n", encoding="utf-8")
    monkeypatch.setitem(sys.modules, "jsonschema", None)

    assert run(["schema", "check", str(document)]) == 1
    shown = capsys.readouterr().out
    assert "error[BC595]" in shown
    assert "pip install 'bcdsl[check]'" in shown
