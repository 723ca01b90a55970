"""Any text gives documents or problems: never an exception, never without end."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcdsl.compose import Composed, compose
from bcdsl.diagnostic import Severity
from bcdsl.load import decode
from bcdsl.source import SourceFile
from yaml_text.texts import YAMLISH, documents


def check(text: str) -> Composed:
    """Compose a text, and hold every finding to what a finding must be."""
    composed = compose(SourceFile("t", text))
    assert composed.documents or composed.problems
    for problem in composed.problems:
        assert problem.span is not None
        assert 0 <= problem.span.start <= problem.span.end <= len(text)
        assert problem.help
        assert not problem.message.endswith(".")
        assert len(problem.message) < 1000
        for edit in problem.fix.edits if problem.fix else ():
            assert 0 <= edit.span.start <= edit.span.end <= len(text)
    return composed


@given(st.text() | YAMLISH)
@example("a: &x\n- *x\n")
@example("\ufeff")
@example("&a a: *a")
@example("{? [a]: b, <<: c, <<: [d]}")
def test_any_text(text: str) -> None:
    """Arbitrary text, and pieces of YAML in any order, compose to documents or problems."""
    check(text)


@given(st.binary(max_size=60))
def test_any_bytes(data: bytes) -> None:
    """Arbitrary bytes are a text or one finding."""
    text = decode("t", data)
    if isinstance(text, str):
        check(text)
    else:
        assert text.span is None


@given(documents(), st.data())
def test_a_readable_text_with_one_piece_changed(text: str, data: st.DataObject) -> None:
    """A document in which one stretch is replaced gives documents or problems."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 3)))
    check(text[:start] + data.draw(YAMLISH) + text[end:])


@given(documents())
def test_random_documents_are_readable(text: str) -> None:
    """The generator of readable documents makes readable documents."""
    composed = check(text)
    errors = [p for p in composed.problems if p.severity is Severity.ERROR]
    assert not errors, (errors[0].message, text)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a: " + "&x " * 100_000,
        "a: " + "[" * 99 + "x" + "]" * 99 + "\nb: " + "[" * 100_000,
    ],
)
def test_deep_nesting_is_an_error(text: str) -> None:
    """A hundred thousand open brackets end neither the process nor the run."""
    problems = check(text).problems
    assert len(problems) <= 2
    assert {p.code for p in problems} <= {"BC019", "BC039", "BC026", "BC021", "BC023"}


def test_the_deepest_that_is_allowed() -> None:
    """A hundred levels are read, one more is refused at the bracket that opens it."""
    assert check("[" * 100 + "]" * 100).problems == ()
    (problem,) = check("[" * 101 + "]" * 101).problems
    assert (problem.code, problem.span and problem.span.start) == ("BC019", 100)


def test_an_alias_bomb_is_an_error() -> None:
    """Nine levels of nine aliases each would be 387 million values."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    (problem,) = (p for p in check("\n".join(lines)).problems if p.severity is Severity.ERROR)
    assert problem.code == "BC020"


def test_aliases_may_not_nest_without_limit() -> None:
    """A chain of aliases is as deep as what it stands for."""
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 200)]
    composed = check("\n".join(lines))
    assert "BC019" in {p.code for p in composed.problems}
    depth, todo = 0, [(composed.documents[0], 1)]
    while todo:
        node, level = todo.pop()
        depth = max(depth, level)
        below = getattr(node, "items", None) or [v for _, v in getattr(node, "entries", ())]
        todo += [(child, level + 1) for child in below]
    assert depth <= 102  # a hundred levels of collections, and the scalar in the last


@pytest.mark.parametrize(
    "text",
    [
        "a: [" + "(," * 200_000 + "]",
        "a: [" + "(x #, " * 100_000,
        "(" * 400_000 + " #)",
        "a: '" + "x" * 1_000_000,
        "- a: (b #)\n" * 20_000,
        "<<<<<<< x\n" * 20_000,
        "a: [" + "x (, " * 50_000 + "] #)",
    ],
)
def test_long_texts_take_time_in_proportion(text: str) -> None:
    """No search for an accident goes over a long line again and again."""
    start = time.process_time()
    check(text)
    assert time.process_time() - start < 10
