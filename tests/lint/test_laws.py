"""What holds for every file: no crash, and a repair that repairs."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bcdsl.diagnostic import Diagnostic
from bcdsl.report.apply_fixes import apply_fixes
from bcdsl.source import SourceFile
from bcdslc.rule.run import run_rules
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.read import SpecsRead, read_specs
from bcdslc.spec.write import to_json
from spec_strategy import requests

PIECES = st.sampled_from(
    [
        *("pipeline: {name: a}\n", '{"input": ', "}", "[", "]", "- ", "---\n", "&a ", "*a", "<<: "),
        *(
            "{}",
            '"',
            "'",
            ": ",
            "\n",
            "  ",
            "#",
            "1",
            "~",
            "|\n",
            "!!x ",
            "\t",
            "\ufeff",
            "é",
            "\x7f",
        ),
    ]
)


def everything(source: SourceFile) -> tuple[SpecsRead, tuple[Diagnostic, ...]]:
    """Return what is read of a file, and all that is found."""
    read = read_specs(source)
    return read, (*read.problems, *run_rules(read.specs))


@given(pieces=st.lists(PIECES, max_size=12), name=st.sampled_from(["a.json", "a.yaml"]))
def test_any_text_is_linted(pieces: list[str], name: str) -> None:
    """Any text gives specs or problems, never an exception, and places lie in the text."""
    source = SourceFile(name, "".join(pieces))
    _, problems = everything(source)
    for problem in problems:
        if problem.span is not None:
            assert 0 <= problem.span.start <= problem.span.end <= len(source.text)


def _text(value: Any, form: str) -> str:
    if form == "yaml":
        import yaml

        return str(yaml.safe_dump(value, sort_keys=False, allow_unicode=True))
    return json.dumps(value, indent=2 if form == "indented" else None)


@given(request=requests(), form=st.sampled_from(["yaml", "indented", "json"]))
def test_a_repair_removes_its_finding_and_changes_nothing_else(
    request: CreatePipelineRequest, form: str
) -> None:
    """Each repair alone gives a file that reads, without that finding and with no new error."""
    source = SourceFile("a.yaml", _text(to_json(request), form))
    read, problems = everything(source)
    if not read.specs:
        return
    value = to_json(read.specs[0].request)
    for problem in problems:
        if problem.fix is None:
            continue
        repaired = apply_fixes([problem])
        (text,) = repaired.texts.values()
        after, left = everything(SourceFile("a.yaml", text))
        assert len(after.specs) == 1, text
        count = sum(same(problem, other) for other in problems)
        assert sum(same(problem, other) for other in left) < count, (problem, text)
        changed = _differences(value, to_json(after.specs[0].request))
        assert changed <= 1, (changed, problem, text)


def same(left: Diagnostic, right: Diagnostic) -> bool:
    """Whether two findings are one and the same to a reader."""
    return (left.code, left.message) == (right.code, right.message)


def _differences(before: Any, after: Any) -> int:
    """Count the places at which two JSON values differ; a missing container counts as one."""
    if isinstance(before, dict) and isinstance(after, dict):
        keys = {*before, *after}
        return sum(_differences(before.get(key), after.get(key)) for key in keys)
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        return sum(_differences(*pair) for pair in zip(before, after, strict=True))
    return int(before != after)


def test_deep_nesting_takes_no_time() -> None:
    """Two hundred operators inside each other are looked at once each, not twice at each level."""
    text = '{"cross": [' * 190 + '{"pfs": {"repo": "r", "glob": "/"}}' + "]}" * 190
    source = SourceFile("a.json", f'{{"pipeline": {{"name": "a"}}, "input": {text}}}')
    read, _ = everything(source)
    assert len(read.specs) == 1
