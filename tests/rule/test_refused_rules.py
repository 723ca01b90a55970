"""Refusing rules and the reader's codes: each has a page, and the page shows what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile
from bcdslc.rule.refused import RULES
from bcdslc.rule.run import run_rules
from bcdslc.spec.read import read_specs

PAGES = Path(__file__).resolve().parents[2] / "dsl/bcdsl/explain/pages"
READER = tuple(f"BC60{number}" for number in range(9))
CODES = sorted({*READER, *(rule.code for rule in RULES)})
# what a file alone cannot show: `tests/lint` raises these
NOT_IN_A_FILE = {"BC609", "BC611", "BC618", "BC640", "BC643"}
_EXAMPLE = re.compile(r"## (Wrong|Right)\n\n```(json|yaml) spec\n(.*?)```", re.DOTALL)


def examples(code: str) -> dict[str, SourceFile]:
    """Return a page's examples by heading."""
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    return {
        heading: SourceFile(f"{code}.{ending}", body)
        for heading, ending, body in _EXAMPLE.findall(text)
    }


def everything(source: SourceFile) -> list[Diagnostic]:
    """Return all that is found in a file."""
    read = read_specs(source)
    return [*read.problems, *run_rules(read.specs)]


def test_codes_are_unique() -> None:
    """No two rules share a code."""
    assert len({rule.code for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("code", CODES)
def test_the_page_is_true(code: str) -> None:
    """The wrong spec raises the code, the right one is clean."""
    shown = examples(code)
    assert (code in NOT_IN_A_FILE) == (not shown)
    if shown:
        wrong = everything(shown["Wrong"])
        assert code in {problem.code for problem in wrong}
        assert [p for p in everything(shown["Right"]) if p.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
def test_a_refusal_is_an_error(rule: object) -> None:
    """What the server refuses is an error, here and on the page."""
    from bcdslc.rule.rule import Kind, Rule

    assert isinstance(rule, Rule)
    head = (PAGES / f"{rule.code}.md").read_text(encoding="utf-8").split("---")[1]
    assert rule.kind is Kind.REFUSED
    assert rule.severity is Severity.ERROR
    assert "kind: refused" in head
    assert "severity: error" in head


@pytest.mark.parametrize(
    ("rest", "wanted"),
    [
        ('"transform": {"cmd": "ls"}, "inputs": []', ["BC600", "BC601"]),
        ('"transform": {"cmd": ["a"]}, "input": {"cross": [1]}', ["BC601"]),
        (
            '"transform": {"cmd": ["a"]}, "input": ' + '{"cross": [' * 210 + "1" + "]}" * 210,
            ["BC601"],
        ),
    ],
    ids=["other fields", "a member", "deep down"],
)
def test_one_mistake_is_said_once(rest: str, wanted: list[str]) -> None:
    """What lacks where something could not be read is not said to be missing."""
    text = f'{{"pipeline": {{"name": "a"}}, {rest}}}'
    codes = [problem.code for problem in everything(SourceFile("a.json", text))]
    assert sorted(set(codes)) == wanted
