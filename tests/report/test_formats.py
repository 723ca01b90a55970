"""What programs read: lines, JSON, GitHub's annotations, SARIF."""

from __future__ import annotations

import json
import re

import pytest

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from bcdsl.report.concise import MATCHER
from bcdsl.report.draw import Format, draw
from bcdsl.source import SourceFile, Span

SOURCE = SourceFile("dir, a/pipe:line.bc.yaml", "stages:\n  é😀: {run: x}\n")
RUN = Span(SOURCE, SOURCE.text.index("run"), SOURCE.text.index("run") + 3)
FOUND = Diagnostic(
    code="BC590",
    severity=Severity.WARNING,
    message="100% of\nthis",
    span=RUN,
    labels=(Label(Span(SOURCE, 0, 6), "in here"),),
    help="use `cmd`",
    fix=Fix("rename it", (Edit(RUN, "cmd"),)),
)
LATER = Diagnostic(code="BC301", message="wrong", span=Span(SOURCE, 20, 21))


def test_lines_match_the_matcher() -> None:
    """Each problem is one line that the documented expression takes apart."""
    lines = draw([FOUND, LATER], Format.CONCISE).split("\n")

    found = re.match(MATCHER, lines[0])
    assert found is not None
    assert found.groups() == (
        "dir, a/pipe:line.bc.yaml", "2", "8", "warning", "BC590", "100% of this",
    )  # fmt: skip
    assert all(re.match(MATCHER, line) for line in lines)


def test_no_other_format_matches_the_matcher() -> None:
    """An editor or runner that reads lines never counts a problem twice."""
    for format in (Format.TEXT, Format.GITHUB, Format.JSON, Format.SARIF):
        for line in draw([FOUND, LATER], format).split("\n"):
            assert not re.match(MATCHER, line), line


def test_json_says_everything() -> None:
    """The value has every part of the problem, in code points."""
    value = json.loads(draw([FOUND], Format.JSON))
    place = {
        "file": SOURCE.name,
        "start": {"line": 2, "column": 8, "offset": 15},
        "end": {"line": 2, "column": 11, "offset": 18},
    }

    assert value["counts"] == {"error": 0, "warning": 1, "note": 0}
    (told,) = value["problems"]
    assert told["code"] == "BC590"
    assert told["severity"] == "warning"
    assert told["message"] == FOUND.message
    assert told["help"] == "use `cmd`"
    assert told["place"] == place
    assert told["labels"][0]["text"] == "in here"
    assert told["fix"] == {"title": "rename it", "edits": [{**place, "text": "cmd"}]}


def test_github_escapes_and_puts_errors_first() -> None:
    """A workflow command survives `%`, line ends, and in properties `:` and `,`."""
    lines = draw([FOUND, LATER], Format.GITHUB).split("\n")

    assert lines[0].startswith("::error file=dir%2C a/pipe%3Aline.bc.yaml,line=2,")
    assert lines[1] == (
        "::warning file=dir%2C a/pipe%3Aline.bc.yaml,line=2,endLine=2,col=8,endColumn=11,"
        "title=BC590::100%25 of%0Athis%0Ause `cmd`"
    )
    assert lines[2:] == ["1 error, 1 warning"]


@pytest.fixture(scope="module")
def sarif() -> dict:
    """Return a report with a fix, a label, and a code without a page."""
    return json.loads(draw([FOUND, LATER], Format.SARIF))


def test_sarif_has_what_code_scanning_requires(sarif: dict) -> None:
    """Schema, version, the rules with their texts, and every result's place and level."""
    assert sarif["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json"
    assert sarif["version"] == "2.1.0"
    (run,) = sarif["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["automationDetails"] == {"id": "bcdsl/"}
    driver = run["tool"]["driver"]
    assert driver["name"] == "bcdsl"
    assert [rule["id"] for rule in driver["rules"]] == ["BC301", "BC590"]
    for rule in driver["rules"]:
        for key in ("shortDescription", "fullDescription", "help"):
            assert 0 < len(rule[key]["text"]) <= 1024
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        _region(location["physicalLocation"]["region"])


def test_sarif_keeps_labels_and_fixes(sarif: dict) -> None:
    """Secondary places and edits are there, with a file name that is a valid reference."""
    result = next(r for r in sarif["runs"][0]["results"] if r["ruleId"] == "BC590")

    (related,) = result["relatedLocations"]
    assert related["message"]["text"] == "in here"
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "dir%2C%20a/pipe%3Aline.bc.yaml"
    (edit,) = change["replacements"]
    assert edit["insertedContent"] == {"text": "cmd"}
    assert edit["deletedRegion"] == {
        "startLine": 2, "startColumn": 8, "endLine": 2, "endColumn": 11,
    }  # fmt: skip


def test_sarif_holds_no_unknown_member(sarif: dict) -> None:
    """SARIF's schema is closed, so every member that is written must be one of its own."""
    known = {
        "": {"$schema", "version", "runs"},
        "runs": {"tool", "results", "columnKind", "automationDetails"},
        "tool": {"driver"},
        "driver": {"name", "semanticVersion", "rules"},
        "rules": {
            "id", "shortDescription", "fullDescription", "help", "defaultConfiguration",
            "properties",
        },
        "results": {
            "ruleId", "ruleIndex", "level", "message", "locations", "relatedLocations", "fixes",
        },
        "locations": {"physicalLocation"},
        "relatedLocations": {"id", "physicalLocation", "message"},
        "physicalLocation": {"artifactLocation", "region"},
        "artifactLocation": {"uri"},
        "region": {"startLine", "startColumn", "endLine", "endColumn"},
        "deletedRegion": {"startLine", "startColumn", "endLine", "endColumn"},
        "fixes": {"description", "artifactChanges"},
        "artifactChanges": {"artifactLocation", "replacements"},
        "replacements": {"deletedRegion", "insertedContent"},
        "insertedContent": {"text"},
        "message": {"text"},
        "description": {"text"},
        "shortDescription": {"text"},
        "fullDescription": {"text"},
        "help": {"text"},
        "defaultConfiguration": {"level"},
        "properties": {"tags"},
        "automationDetails": {"id"},
    }  # fmt: skip

    def walk(name: str, value: object) -> None:
        if isinstance(value, dict):
            assert set(value) <= known[name], name
            for key, part in value.items():
                walk(key, part)
        elif isinstance(value, list):
            for part in value:
                walk(name, part)

    walk("", sarif)


def _region(region: dict) -> None:
    assert region["startLine"] >= 1
    assert region["startColumn"] >= 1
    assert (region["endLine"], region["endColumn"]) >= (region["startLine"], region["startColumn"])
