"""Carrying out fixes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bcdsl.diagnostic import Diagnostic, Edit, Fix
from bcdsl.report.apply_fixes import apply_fixes
from bcdsl.source import SourceFile, Span


def fixing(source: SourceFile, *edits: tuple[int, int, str]) -> Diagnostic:
    """Return a problem whose fix makes the edits."""
    made = tuple(Edit(Span(source, start, end), text) for start, end, text in edits)
    return Diagnostic(code="BC1", message=str(edits), span=made[0].span, fix=Fix("t", made))


def test_several_fixes_in_one_run() -> None:
    """Fixes that do not touch are all made, at the places they were written for."""
    source = SourceFile("a", "one two three")
    repaired = apply_fixes([fixing(source, (8, 13, "3")), fixing(source, (0, 3, "1"))])

    assert repaired.texts[source] == "1 two 3"
    assert len(repaired.done) == 2


def test_a_fix_is_made_whole_or_not_at_all() -> None:
    """A fix of which one edit overlaps an earlier fix makes none of its edits."""
    source = SourceFile("a", "one two three")
    first = fixing(source, (4, 7, "2"))
    second = fixing(source, (5, 6, "W"), (8, 13, "3"))
    repaired = apply_fixes([second, first])

    assert repaired.texts[source] == "one 2 three"
    assert repaired.done == (first,)


def test_two_insertions_at_one_place_are_one_run_each() -> None:
    """Their order would be arbitrary; equal ones are made once for both."""
    source = SourceFile("a", "ab")

    assert apply_fixes([fixing(source, (1, 1, "x")), fixing(source, (1, 1, "y"))]).texts[
        source
    ] in ("axb", "ayb")
    both = apply_fixes([fixing(source, (1, 1, "x"), (2, 2, "!")), fixing(source, (1, 1, "x"))])
    assert both.texts[source] == "axb!"
    assert len(both.done) == 2


def test_no_fix_changes_nothing() -> None:
    """Without fixes no source is named."""
    found = Diagnostic(code="BC1", message="m", span=None)

    assert apply_fixes([found]).texts == {}


@given(
    st.text("abc\n", min_size=1, max_size=12),
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12), st.text("XY", max_size=3))),
)
def test_text_outside_the_edits_stays(text: str, wanted: list[tuple[int, int, str]]) -> None:
    """Every made edit's text is there, and what no edit touched is there in its order."""
    source = SourceFile("a", text)
    problems = [
        fixing(source, (min(a, b, len(text)), min(max(a, b), len(text)), new))
        for a, b, new in wanted
    ]
    repaired = apply_fixes(problems)
    edits = {
        (edit.span.start, edit.span.end, edit.text)
        for problem in repaired.done
        for edit in problem.fix.edits
    }

    pieces, at = [], 0
    for start, end, new in sorted(edits):
        assert start >= at
        pieces += [text[at:start], new]
        at = end
    assert repaired.texts.get(source, text) == "".join([*pieces, text[at:]])
