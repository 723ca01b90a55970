"""The documentation says what is so: its examples run, its tables are fresh, its links lead on."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from bcdsl.analyze import Options
from bcdsl.diagnostic import Severity
from bcdsl.explain.page import Example, examples
from bcdsl.source import SourceFile
from bcdslc.beside import FilesBeside
from bcdslc.compile import compile_document

ROOT = Path(__file__).resolve().parents[2]
DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]


def blocks() -> list[tuple[Path, Example]]:
    """Return the examples of all documents that are run."""
    found = [(path, block) for path in DOCS for block in examples(path.name, path.read_text())]
    return [(path, block) for path, block in found if block.language.startswith("yaml bcdsl")]


@pytest.mark.parametrize(
    ("path", "block"), blocks(), ids=lambda part: getattr(part, "name", None) or str(part.line)
)
def test_examples_do_what_the_text_says(path: Path, block: Example) -> None:
    """`yaml bcdsl` is clean; with `error` it has errors, with a code it has that one."""
    source = SourceFile("docs.bc.yaml", block.text)
    found = compile_document(source, Options(), FilesBeside("docs.bc.yaml")).problems
    told = [f"{problem.code} {problem.message}" for problem in found]

    _, _, *expected = block.language.split()
    if not expected:
        assert not [p for p in found if p.severity is not Severity.NOTE], told
    else:
        assert any(p.severity is Severity.ERROR for p in found)
        assert set(expected[1:]) <= {problem.code for problem in found}, told


def test_generated_parts_are_fresh() -> None:
    """Tables, quoted examples and the output of commands are as the program gives them."""
    fresh = runpy.run_path(str(ROOT / "docs" / "generate.py"))["generated"]()

    assert len(fresh) >= 4
    stale = [path.name for path, text in fresh.items() if path.read_text("utf-8") != text]
    assert stale == [], "run `./dev generate`"


def test_every_record_is_in_the_reference() -> None:
    """docs/language.md has the table of every record's keys, or says that one equals another."""
    from bcdsl.keys.records import RECORDS

    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    elsewhere = {"profile", "defaults", "sidecar", "script file", "spout", "local"}  # in words
    shown = set(re.findall(r"<!-- begin: keys (.*) -->", text))

    assert {record.name for record in RECORDS} - elsewhere == shown


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """A relative link names a file, and its anchor a heading there."""
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = (path.parent / name).resolve() if name else path
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, target


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_the_matcher_is_the_documented_one() -> None:
    """docs/commands.md shows the expression that concise output is tested with."""
    from bcdsl.report.concise import MATCHER

    assert MATCHER in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
