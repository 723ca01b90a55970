"""The line mode: one answer for each line, whatever the line."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdslc.cli.answer_lines import answer_lines
from bcdslc.glob.batch import answer

ANSWERS = (
    ({"glob": "/(*)-(*)", "path": "/a-b", "replace": "$2$1"}, None, True, ["/a-b", "a", "b"], "ba"),
    ({"glob": "/a", "path": "/b", "replace": "k$1"}, None, False, [], "k"),
    ({"glob": "/a", "path": "/a"}, None, True, ["/a"], ""),
    ({"glob": "/[a", "path": "/a", "replace": ""}, "compile: ", False, [], ""),
    ({"glob": "/\ud800", "path": "/a", "replace": ""}, "compile: ", False, [], ""),
    ({"glob": "/(*)", "path": "/a", "replace": "$01"}, "replace panic: ", True, ["/a", "a"], ""),
    ({"glob": "/", "path": ""}, None, False, [], ""),  # the decree for the root is the server's
)


@pytest.mark.parametrize(("question", "error", "match", "captures", "replaced"), ANSWERS)
def test_a_question_is_answered(
    question: dict[str, str], error: str | None, match: bool, captures: list[str], replaced: str
) -> None:
    """Errors start as in the table; match and captures hold beside a crashing template."""
    found = json.loads(answer(json.dumps(question)))
    assert (found["error"] or "").startswith(error or "")
    assert (found["error"] is None) == (error is None)
    assert (found["match"], found["captures"], found["replaced"]) == (match, captures, replaced)


@pytest.mark.parametrize(
    "line", [b"", b"\n", b"foo", b"[1]", b'{"glob": 1}', b"\xff\xfe", b"[" * 100_000, b'"x"', b"{}"]
)
def test_a_bad_line_is_answered_by_an_error(line: bytes) -> None:
    """What is no question has an answer of one key."""
    assert list(json.loads(answer(line))) == ["error"]


@given(st.one_of(st.binary(), st.text()))
def test_any_line_is_answered_in_one_line(line: bytes | str) -> None:
    """No line stops the run or breaks the order of answers."""
    found = answer(line)
    assert "\n" not in found
    assert "error" in json.loads(found)


def test_a_mistake_of_ours_costs_one_answer(monkeypatch: Any, capsys: Any) -> None:
    """The lines behind a failing one are answered, each by one line, in order."""
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"1\nbad\n3\n")))

    answer_lines(lambda line: str(int(line)))

    first, failed, last = capsys.readouterr().out.splitlines()
    assert (first, list(json.loads(failed)), last) == ("1", ["error"], "3")
