"""The measured table: what a real server listed for given files and inputs."""

from __future__ import annotations

import gzip
import json

import pytest

from bcdslc.datum.batch import answer


@pytest.fixture(scope="module")
def rows(shared):
    """Return the rows of the table."""
    path = shared / "conformance" / "datums.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def test_every_row_agrees(rows, capsys):
    """IDs, order, files, hashes and sizes are the server's, or both refuse."""
    lines = [json.dumps({"repos": row["repos"], "input": row["input"]}).encode() for row in rows]
    wrong = []
    for row, line in zip(rows, lines, strict=True):
        ours = json.loads(answer(line))
        agrees = "error" in ours if "error" in row else ours.get("datums") == row["datums"]
        if not agrees:
            wrong.append((row["input"], ours))
    with capsys.disabled():
        total = sum(len(row.get("datums", ())) for row in rows)
        print(f"\ndatums: {len(rows) - len(wrong)} of {len(rows)} rows agree, {total} datums")

    assert wrong == []
    assert len(rows) > 700


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b'{"repos": 1, "input": {"pfs": {"repo": "a"}}}',
        b'{"repos": {"a": {"/x": 1}}, "input": {"pfs": {"repo": "a"}}}',
        b'{"repos": {}, "input": {}}',
        b'{"repos": {}, "input": {"pfs": {"repo": "a"}}}',
        b'{"repos": {}, "input": {"cron": {"name": "t", "spec": "@never"}}}',
        b'{"repos": {"a@master": {}}, "input": {"pfs": {"repo": "a", "glob": "/[a"}}}',
        b'{"repos": {"a@master": {"/x": ""}}, "input": {"pfs": {"repo": "a", "joinOn": "$01"}}}',
        b'{"repos": {"a@master": {}}, "input": {"pfs": {"repo": "a", "glbo": "/"}}}',
        b'{"repos": {"a@master": {"/\xc3\xa9": ""}}, "input": {"pfs": {"repo": "a"}}}',
        b'{"repos": {"a@master": {"/x": "", "/x/y": ""}}, "input": {"pfs": {"repo": "a"}}}',
        b'{"repos": {"a@master": {}}, "input": {"cross": [{"pfs": {"repo": "a"}}, {"join": []}]}}',
        b'{"repos": {"a@master": {}}, "input": {"union": [{"pfs": {"glob": "/"}}]}}',
        b'{"repos": {}, "input": ' + b'{"cross": [' * 5000 + b"1" + b"]}" * 5000 + b"}",
    ],
)
def test_a_bad_line_is_answered_and_stops_nothing(line):
    """Each line has one answer, and the line after a bad one is answered as usual."""
    good = b'{"repos": {"a@b": {"/x": ""}}, "input": {"pfs": {"repo": "a", "branch": "b"}}}'
    bad, fine = json.loads(answer(line)), json.loads(answer(good))

    assert list(bad) == ["error"]
    assert len(fine["datums"]) == 1


@pytest.mark.parametrize(
    ("leaf", "paths"),
    [
        ({"glob": ""}, ["/"]),
        ({"glob": None, "name": ""}, ["/"]),
        ({"glob": "/*", "project": "default"}, ["/x", "/d/"]),
        ({"glob": "/*/../x", "outer_join": True}, ["/x"]),
        ({"glob": "/\U0010ffff*"}, []),
        ({"glob": "/q", "joinOn": "$01"}, []),
    ],
)
def test_what_the_listing_call_lets_pass(leaf, paths):
    """Absent texts, the default project, either spelling, and a key that is never expanded."""
    repos = {"a@master": {"/x": "", "/d/y": ""}}
    line = json.dumps({"repos": repos, "input": {"pfs": {"repo": "a", **leaf}}}).encode()

    listed = json.loads(answer(line))["datums"]

    assert sorted(datum["files"][0]["path"] for datum in listed) == sorted(paths)
