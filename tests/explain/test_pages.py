"""Every code has a page, and every page shows what it says."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.explain.index import INDEX, PAGES, generate
from bcdsl.explain.page import Example, PageError, body, examples, read_page
from bcdsl.source import SourceFile

ROOT = Path(__file__).resolve().parents[2]
CODES = sorted(path.stem for path in PAGES.glob("*.md"))
LANGUAGES = {"yaml bcdsl", "json spec", "yaml spec", "text", "console", "sh", "json", "yaml"}
RUN = {"yaml bcdsl", "json spec", "yaml spec"}


def page_text(code: str) -> str:
    """Return a page."""
    return (PAGES / f"{code}.md").read_text(encoding="utf-8")


def problems_of(example: Example) -> tuple[Diagnostic, ...]:
    """Return all that the tool says of an example."""
    if example.language == "yaml bcdsl":
        from bcdsl.analyze import Options
        from bcdslc.beside import FilesBeside
        from bcdslc.compile import compile_document

        source = SourceFile("page.bc.yaml", example.text)
        return compile_document(source, Options(), FilesBeside("page.bc.yaml")).problems
    from bcdsl.allow import silence
    from bcdslc.rule.run import run_rules
    from bcdslc.spec.read import read_specs

    source = SourceFile("page." + example.language.split()[0], example.text)
    read = read_specs(source)
    return silence(source, (*read.problems, *run_rules(read.specs)))


def test_the_index_is_fresh() -> None:
    """The index is what the pages' heads say."""
    assert INDEX.read_text(encoding="utf-8") == generate(), (
        "run `python -m bcdsl.explain.index --write`"
    )


@pytest.mark.parametrize("code", CODES)
def test_a_page_is_written_as_pages_are(code: str) -> None:
    """Head, some sentences, then Wrong with examples, and Right where Wrong is a document."""
    text = page_text(code)
    page = read_page(code, text)
    shown = examples(code, text)

    assert re.fullmatch(r"BC\d{3}", code)
    assert not page.title.endswith(".")
    assert len(body(code, text).split("## ", 1)[0]) > 40
    run = any(example.language in RUN for example in shown)
    assert {example.section for example in shown} >= ({"Wrong", "Right"} if run else {"Wrong"})
    assert {example.language for example in shown} <= LANGUAGES


@pytest.mark.parametrize("code", CODES)
def test_wrong_raises_the_code_and_right_is_clean(code: str) -> None:
    """Each wrong example raises its page's code, one with the page's severity; right ones nothing.

    Notes may be given to a right example: they are no complaints.
    """
    page = read_page(code, page_text(code))
    severities = set()
    for example in examples(code, page_text(code)):
        if example.language not in RUN:
            continue
        found = problems_of(example)
        told = [f"{problem.code} {problem.severity.value}: {problem.message}" for problem in found]
        if example.section == "Wrong":
            raised = {problem.severity.value for problem in found if problem.code == code}
            assert raised, (example.line, told)
            severities |= raised
        else:
            complaints = [p for p in found if p.severity is not Severity.NOTE or p.code == code]
            assert not complaints, (example.line, told)
    assert not severities or page.severity in severities


# --- codes in the source ------------------------------------------------------------------


@cache
def codes_in_source() -> dict[str, set[str]]:
    """Return where each code is written in the source as a value of its own."""
    found: dict[str, set[str]] = {}
    for folder in ("dsl", "compiler"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                value = node.value if isinstance(node, ast.Constant) else None
                if isinstance(value, str) and re.fullmatch(r"BC\d{3}", value):
                    found.setdefault(value, set()).add(str(path.relative_to(ROOT)))
    return found


def test_every_code_has_a_page() -> None:
    """Whatever is told can be explained."""
    assert sorted(codes_in_source().keys() - set(CODES)) == []


def test_every_page_has_a_code() -> None:
    """No page explains what is never told."""
    assert sorted(set(CODES) - codes_in_source().keys()) == []


def test_a_code_is_written_once() -> None:
    """One code belongs to one file; others import its name."""
    twice = {code: sorted(files) for code, files in codes_in_source().items() if len(files) > 1}

    assert twice == {}


def test_every_code_is_tested() -> None:
    """A code is raised by its page's example, or named in a test."""
    tests = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").rglob("*")
        if path.suffix in (".py", ".yaml", ".json", ".md", ".txt")
    )
    untested = [
        code
        for code in CODES
        if code not in tests
        and not any(
            example.section == "Wrong" and example.language in RUN
            for example in examples(code, page_text(code))
        )
    ]

    assert untested == []


# --- the reader of pages ------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "title: x\n",
        "---\ntitle: x\nkind: style\n---\n",
        "---\ntitle: x\nkind: odd\nseverity: note\n---\n",
        "---\ntitle: x\nkind: style\nseverity: fatal\n---\n",
        "---\ntitle\nkind: style\nseverity: note\n---\n",
    ],
)
def test_a_bad_head_is_a_mistake(text: str) -> None:
    """A page without a whole head never gets into the index."""
    with pytest.raises(PageError):
        read_page("BC000", text)


def test_a_fence_must_end() -> None:
    """An example that runs to the end of the page is a mistake."""
    with pytest.raises(PageError):
        examples("BC000", "## Wrong\n```yaml bcdsl\na: b\n")
