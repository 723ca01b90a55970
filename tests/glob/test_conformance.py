"""Every measured row agrees, but for the differences that are named."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path
from typing import Any

import pytest

from bcdslc.glob.batch import answer
from bcdslc.glob.differences import DIFFERENCES, TEMPLATES
from bcdslc.glob.error import GlobError
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.template import TemplateError, expand


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[dict[str, Any]]:
    """Return the measured facts about globs."""
    with gzip.open(shared / "conformance/globs.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _agrees(row: dict[str, Any], ours: dict[str, Any]) -> bool:
    theirs, error = row["error"], ours["error"]
    if (theirs or "").split(": ")[0] != (error or "").split(": ")[0]:
        return False
    return all(row[key] == ours[key] for key in ("match", "captures", "replaced"))


def test_every_measured_row_agrees(rows: list[dict[str, Any]], capsys: Any) -> None:
    """What the library was seen to do is what we say, but for its time-outs."""
    different = [row for row in rows if not _agrees(row, json.loads(answer(json.dumps(row))))]
    time_outs = [row for row in different if (row["error"] or "").startswith("match panic")]
    with capsys.disabled():
        print(
            f"\nglobs: {len(rows) - len(different):,} of {len(rows):,} rows agree,"
            f" {len(time_outs)} named differences (time-out)"
        )
    assert different == time_outs


def test_each_glob_answers_each_path_at_once(rows: list[dict[str, Any]]) -> None:
    """No measured glob takes more than ten milliseconds for a path, time-outs included."""
    slow = []
    for row in rows:
        try:
            matcher = compile_glob(row["glob"])
        except GlobError:
            continue
        best = min(_seconds(matcher, row["path"]) for _ in range(2))
        if best > 0.01:
            slow.append((row["glob"], row["path"], best))
    assert slow == []


def _seconds(matcher: Any, path: str) -> float:
    start = time.perf_counter()
    matcher.match(path)
    return time.perf_counter() - start


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda each: each.name)
def test_a_named_difference_is_what_we_do(difference: Any) -> None:
    """Each listed difference shows on its own example."""
    try:
        found = compile_glob(difference.glob).match(difference.path)
    except GlobError:
        found = None
    assert found == difference.captures
    assert difference.reason


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_that_crashes_the_library_is_an_error(template: str) -> None:
    """A crash of the library is a finding, not a text."""
    with pytest.raises(TemplateError):
        expand(template, ("/a", "a"))


EXPLOSIVE = (
    ("/+([a-z]*).csv", "/" + "a" * 45 + ".txt"),
    ("/*(*_*).csv", "/" + "a_" * 25 + ".txt"),
    ("/+(*-*).png", "/2024-01-02-03-04-05-06-07-08-09-10-11-12-13-14-15-16.jpg"),
    ("/*(?*).csv", "/" + "x" * 50),
    ("/+(+(a|b))/c", "/" + "ab" * 40),
    ("/*a*a*a*a*a*a*b", "/" + "a" * 200),
    ("/{*a,*b}{*a,*b}{*a,*b}{*a,*b}{*a,*b}{*a,*b}x", "/" + "ab" * 60),
)


@pytest.mark.parametrize(("glob", "path"), EXPLOSIVE)
def test_what_stops_the_library_for_minutes_answers_in_milliseconds(glob: str, path: str) -> None:
    """Patterns with exponentially many ways to fail are refused at once."""
    matcher = compile_glob(glob)
    assert matcher.match(path) is None
    assert min(_seconds(matcher, path) for _ in range(3)) < 0.03
