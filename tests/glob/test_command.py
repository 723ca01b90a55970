"""`bcdsl glob` as it is run."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from bcdslc.cli.main import run

TABLE = """\
path             $1 <exam>  $2 <view>  key
/exam_1/CC.png   exam_1     CC         CC-exam_1
/exam_1/MLO.png  exam_1     MLO        MLO-exam_1
/exam_2/CC.png   exam_2     CC         CC-exam_2

3 of 6 paths (folders counted) match
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two exams."""
    for name in ("exam_1/CC.png", "exam_1/MLO.png", "exam_2/CC.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


def test_matches_stand_in_columns_by_number_and_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each match has its captures and its key, whose names may be written."""
    assert run(["glob", "/<exam>/<view>.png", "--in", str(folder), "--template", "$2-<exam>"]) == 0
    assert capsys.readouterr().out == TABLE


def test_paths_come_from_standard_input(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--paths -` reads a list; `--json` writes a line for each match."""
    lines = io.TextIOWrapper(io.BytesIO(b"/a/x\n/b/y\n"))
    monkeypatch.setattr(sys, "stdin", lines)
    assert run(["glob", "/(*)/x", "--paths", "-", "--json"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"path": "/a/x", "captures": ["a"]}
    ]


def test_without_paths_a_pattern_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    """The glob, its literal start and its captures; what surprises, on standard error."""
    assert run(["glob", "/exam_<n>_<view:L|R>"]) == 0
    told = capsys.readouterr()
    assert "glob         /exam_(*)_(L|R)\n" in told.out
    assert "starts with  /exam_\n" in told.out
    assert "$2 <view>  <view:L|R>" in told.out
    assert told.err == ""
    assert run(["glob", "/!(train)/*"]) == 0
    assert "write `/!(train/)/*`" in capsys.readouterr().err


def test_nothing_matched_says_how_far_the_pattern_gets(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pattern nearby is named with a path, else the longest leading part that matches."""
    assert run(["glob", "/<exam>/<view>.jpg", "--in", str(folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "0 of 6 paths (folders counted) match",
        "`/<exam>/<view>.png` would match, e.g. `/exam_1/CC.png`",
    ]
    assert run(["glob", "/*/nix/zebra/y", "--in", str(folder)]) == 0
    assert "but nothing below it matches the rest" in capsys.readouterr().out
    assert run(["glob", "/zebra", "--in", str(folder)]) == 0
    assert "nothing there is like `/zebra`; the first path is `/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["/[a"], 1),
        (["/<a"], 0),  # a plain glob: it has no name
        (["/<a>/<a>"], 1),
        (["/<a>/<a>", "--raw"], 0),
        (["/*", "--template", "$01"], 1),
        (["/*", "--in", "/there/is/no/such"], 1),
        ([], 64),
        (["/*", "--in", ".", "--paths", "-"], 64),
        (["--batch", "/*"], 64),
        (["/*", "--limit", "-1"], 64),
    ],
)
def test_bad_input_has_its_exit_code(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line says what is wrong; there is no traceback."""
    assert run(["glob", *arguments]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_lines_are_answered_in_order(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line mode goes on after a bad line."""
    lines = b'{"glob":"/*","path":"/a"}\nno\n{"glob":"/b","path":"/a"}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    assert run(["glob", "--batch"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each.get("match") for each in answers] == [True, None, False]
