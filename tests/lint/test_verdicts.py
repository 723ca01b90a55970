"""What a real server said of a thousand specs, and what we say of them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bcdslc.lint.batch import answers

# rows on which we mean to differ, each with its reason
DIFFER: dict[str, str] = {}
# refusals for which we have a better sentence than the server's
OWN_WORDS = {
    "m00533": "the server crashes: two branches of one repo",
    "m01744": "the server crashes: two branches of one repo",
    "m01845": "the server crashes: two branches of one repo",
    "m01889": "the server crashes: two branches of one repo",
}


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    """Return the measured verdicts."""
    with gzip.open(shared / "conformance/verdicts.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def said(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return our verdicts on the same specs."""
    lines = [json.dumps({"spec": row["spec"], "given": row["given"]}) for row in rows]
    return [json.loads(line) for line in answers(lines, 12)]


def test_refused_there_and_here(
    rows: list[dict[str, Any]], said: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Each spec is refused here exactly if the server refused it, but for those named."""
    wrong = [
        row["id"]
        for row, ours in zip(rows, said, strict=True)
        if (row["verdict"] == "refused") != ours["refused"]
    ]
    unnamed = [each for each in wrong if each not in DIFFER]
    with capsys.disabled():
        agree = len(rows) - len(wrong)
        named = len(wrong) - len(unnamed)
        print(f"\nverdicts: {agree} agree, {named} differ by name, {len(unnamed)} differ")
    assert unnamed == []
    assert set(DIFFER) <= set(wrong), "a row that is named agrees"


def test_the_servers_sentence(
    rows: list[dict[str, Any]], said: list[dict[str, Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Where we know the server's sentence it is the one that was measured.

    The words of the parser vary from build to build, so there we give none.
    """
    count: Counter[str] = Counter()
    wrong = []
    for row, ours in zip(rows, said, strict=True):
        if row["verdict"] != "refused":
            assert ours["text"] is None
        elif ours["text"] is None:
            count["not known"] += 1
            assert row["layer"] == "parse" or row["id"] in OWN_WORDS, row["id"]
        elif ours["text"] == row["text"]:
            count["equal"] += 1
        else:
            wrong.append((row["id"], row["text"], ours["text"]))
    with capsys.disabled():
        print(f"\nsentences: {count['equal']} equal, {count['not known']} not known")
    assert wrong == []


def test_codes_tell_why(rows: list[dict[str, Any]], said: list[dict[str, Any]]) -> None:
    """A refusal has a code of a refusing rule, and an acceptance has none."""
    for row, ours in zip(rows, said, strict=True):
        refusing = [code for code in ours["codes"] if code < "BC650"]
        assert bool(refusing) == ours["refused"], row["id"]
