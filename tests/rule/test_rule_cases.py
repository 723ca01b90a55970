"""Each rule, its page and its cases: the page's wrong spec raises it, the right one nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bcdsl.diagnostic import Severity
from bcdsl.source import SourceFile
from bcdslc.rule.fails_later import RULES as FAILS_LATER
from bcdslc.rule.folder import FOLDER_RULES
from bcdslc.rule.ignored import RULES as IGNORED
from bcdslc.rule.misleads import RULES as MISLEADS
from bcdslc.rule.rule import AnyRule, Finding, FolderRule, Rule, World
from bcdslc.rule.run import run_rules
from bcdslc.rule.style import RULES as STYLE
from bcdslc.spec.read import read_specs
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json
from rule.spec_of import fine_but, place, spec_of

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests/rule/cases"
PAGES = ROOT / "dsl/bcdsl/explain/pages"
WORLD = World()
NAMES = ("Kubernetes", "Pachyderm")

RULES: dict[str, AnyRule] = {
    rule.code: rule for rule in (*FAILS_LATER, *MISLEADS, *IGNORED, *STYLE, *FOLDER_RULES)
}


def _cases(kind: str) -> list[Any]:
    return list(_each_case(kind))


def _each_case(kind: str) -> Iterator[Any]:
    for code in RULES:
        path = CASES / f"{code}.yaml"
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for number, case in enumerate((yaml.safe_load(text) or {}).get(kind, ())):
            yield pytest.param(RULES[code], case, id=f"{code}-{number}")


def _found(rule: AnyRule, specs: list[Spec]) -> list[Finding]:
    if isinstance(rule, FolderRule):
        return [found.finding for found in rule.check(specs, WORLD)]
    return [finding for spec in specs for finding in rule.check(spec, WORLD)]


def _specs(case: Any) -> list[Spec]:
    return [fine_but(change) for change in case.get("specs", [case.get("spec")])]


def _example(code: str, heading: str) -> SourceFile:
    page = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    block = page.split(f"## {heading}")[1].split("```yaml spec\n")[1].split("```")[0]
    return SourceFile(f"{code} {heading}", block)


@pytest.mark.parametrize(("rule", "case"), _cases("finds"))
def test_a_rule_finds(rule: AnyRule, case: Any) -> None:
    """A rule finds its case once, at the place and with the words that the case names."""
    found = _found(rule, _specs(case))

    assert [place(finding) for finding in found].count(case["at"]) >= 1, found
    assert any(case["says"] in it.message for it in found if place(it) == case["at"]), found


@pytest.mark.parametrize(("rule", "case"), _cases("passes"))
def test_a_rule_passes(rule: AnyRule, case: Any) -> None:
    """A rule has nothing to say of the specs that come near it and are fine."""
    assert _found(rule, _specs(case)) == []


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_page_raises_what_it_shows(code: str) -> None:
    """The wrong example of a page raises its code; the right one raises nothing but notes."""
    wrong, right = read_specs(_example(code, "Wrong")), read_specs(_example(code, "Right"))

    assert wrong.problems == right.problems == ()
    assert code in {problem.code for problem in run_rules(wrong.specs)}
    notes = {it.code for it in run_rules(right.specs) if it.severity is Severity.NOTE}
    assert {it.code for it in run_rules(right.specs)} <= notes - {code}


@pytest.mark.parametrize("code", sorted(RULES))
def test_messages_are_written_alike(code: str) -> None:
    """A message starts in lower case or with a name, has no final stop, and a help beside it."""
    for problem in run_rules(read_specs(_example(code, "Wrong")).specs):
        if problem.code == code:
            first = problem.message.split()[0]
            assert first.islower() or not first[0].isalpha() or first in NAMES, problem.message
            assert not problem.message.endswith("."), problem.message
            assert problem.message.count("`") % 2 == 0, problem.message
            assert problem.help


@pytest.mark.parametrize(("rule", "case"), _cases("finds"))
def test_a_repair_removes_its_finding(rule: AnyRule, case: Any) -> None:
    """A repair carried out leaves nothing of its finding."""
    if isinstance(rule, FolderRule):
        return
    for spec in _specs(case):
        for finding in rule.check(spec, WORLD):
            if finding.repair is not None:
                value = _set(to_json(spec.request), finding.repair.path, finding.repair.value)
                after = [it.message for it in rule.check(spec_of(value), WORLD)]
                assert finding.message not in after


def _set(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    if isinstance(path[0], int):
        parts = list(value)
        parts[path[0]] = _set(parts[path[0]], path[1:], new)
        return parts
    if len(path) > 1 and isinstance(path[1], int):
        return {**value, path[0]: _set(value[path[0]], path[1:], new)}
    inner = (value or {}).get(path[0])
    if len(path) == 1:
        rest = {key: old for key, old in (value or {}).items() if key != path[0]}
        return rest if new is None else {**rest, path[0]: new}
    return {**(value or {}), path[0]: _set(inner, path[1:], new)}


def test_the_fine_spec_is_fine() -> None:
    """The spec that the cases change gives no finding at all."""
    assert run_rules([fine_but({})]) == ()


def test_every_rule_has_its_own_code_page_and_cases() -> None:
    """No two rules share a code, and each has a page and cases that find something."""
    every: list[Rule | FolderRule] = [*FAILS_LATER, *MISLEADS, *IGNORED, *STYLE, *FOLDER_RULES]

    assert len(RULES) == len(every)
    for code in RULES:
        assert (PAGES / f"{code}.md").exists(), code
        assert (CASES / f"{code}.yaml").exists() or code == "BC659", code  # needs files
