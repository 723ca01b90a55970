"""Whatever is written: a model or findings, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.analyze import Analyzed, Options, analyze
from bcdsl.diagnostic import Severity
from bcdsl.keys.records import RECORDS
from bcdsl.source import SourceFile
from language.cases import cases
from language.test_cases import Folder

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [
    *(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.bc.yaml"))),
    *(case.text for case in cases()),
]
PIECES = (
    *("~", "", "[]", "{}", "[[a]]", "{a: b}", "<x>", "<x:a|b>", "a:/<x>", "1", "-1", "true", "|"),
    *("yes", "1K", "..", "a..b", "'", '"', "\n", "\t", "  ", ":", ": ", "- ", "#", "&a ", "*a"),
    *("join", "each", "of", "cron", "x-a", "\x00", "é", "<", ">", "$1", "@", "/", "\\", "🙂"),
)


def checked(text: str, *profiles: str) -> Analyzed:
    """Analyze a text, and hold the result to what it promises."""
    result = analyze(SourceFile("a.bc.yaml", text), Options(profiles=profiles), Folder())
    wrong = [each for each in result.problems if each.severity is Severity.ERROR]
    assert (result.dag is None) == bool(wrong)
    for problem in result.problems:
        span = problem.span
        if span is not None:
            assert 0 <= span.start <= span.end <= len(span.source.text)
        for label in problem.labels:
            assert 0 <= label.span.start <= label.span.end <= len(label.span.source.text)
        assert problem.message
        assert not problem.message.endswith(".") or problem.message.endswith("…")
    return result


@given(st.randoms(use_true_random=False))
def test_changed_documents(random: Random) -> None:
    """Documents with pieces put in, taken out and swapped."""
    text = random.choice(DOCUMENTS)
    for _ in range(random.randint(1, 5)):
        start = random.randint(0, len(text))
        end = min(len(text), start + random.choice((0, 0, 1, 2, 5, 12)))
        text = text[:start] + random.choice(PIECES) + text[end:]
    checked(text, *random.choice(((), (), ("p",), ("big", "small"))))


NAMES = sorted({name for record in RECORDS for name in record.keys} | {"join", "a", "b", "p"})
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 10**20), st.sampled_from(PIECES)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    ),
    max_leaves=25,
)


@given(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6), VALUES)
def test_any_tree(document: dict[str, Any], stage: Any) -> None:
    """Trees made of the language's keys and of odd values."""
    checked(json.dumps({"stages": {"a": stage}, **document}), "p")


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Text that is hardly ever YAML."""
    checked(text)


@pytest.mark.parametrize("depth", [50, 200])
def test_deep_inputs(depth: int) -> None:
    """Operators in operators in operators."""
    reads = "r"
    for _ in range(depth):
        reads = f"{{cross: [{reads}]}}"
    checked(f"repos: [r]\nstages: {{a: {{image: i, cmd: w, from: {reads}}}}}")


def test_long_chains() -> None:
    """A thousand stages in a row, and a thousand classes, are no trouble."""
    stages = "".join(
        f"  s{number}: {{image: i, cmd: w, from: s{number - 1}}}\n" for number in range(1, 1000)
    )
    classes = "".join(f"  c{number}: {{extends: c{number - 1}}}\n" for number in range(1, 1000))
    text = f"repos: [s0]\nhardware:\n  c0: {{cpu: 1}}\n{classes}stages:\n{stages}"
    assert checked(text).dag is not None


def test_a_script_that_is_too_long() -> None:
    """Linux takes no longer argument, nor one with a zero byte."""
    head = "repos: [r]\nstages:\n  a: {image: i, from: r, script: '"
    long, fits = (checked(f"{head}{'x' * size}'}}\n") for size in (131_072, 131_071))
    assert [each.code for each in long.problems] == ["BC133"]
    assert fits.dag is not None
