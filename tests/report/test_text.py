"""What a terminal shows of problems."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from bcdsl.report.draw import Format, draw, wants_color
from bcdsl.report.paint import Paint
from bcdsl.report.text import as_text
from bcdsl.source import SourceFile, Span

PLAIN = Paint(False)


def span(source: SourceFile, word: str, nth: int = 0) -> Span:
    """Return where a word stands in a source."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(word, start + 1)
    return Span(source, start, start + len(word))


def problem(source: SourceFile, word: str, **more: object) -> Diagnostic:
    """Return a problem at a word."""
    facts: dict = {"code": "BC301", "message": "no repo or stage is named `exam`"}
    return Diagnostic(**{**facts, "span": span(source, word), **more})


def test_the_shape_of_a_problem() -> None:
    """Message, place, the author's line, carets under the place, the repair."""
    source = SourceFile("pipeline.yaml", "a:\n" * 6 + "    reads: [exam]\n")

    drawn = as_text(problem(source, "exam", help="use `exams`"), PLAIN)

    assert drawn == (
        "error[BC301]: no repo or stage is named `exam`\n"
        "  pipeline.yaml:7:13\n"
        "7 |     reads: [exam]\n"
        "  |             ^^^^\n"
        "  = help: use `exams`"
    )


def test_labels_stand_where_they_belong() -> None:
    """A label in the same file is drawn in line order, one of another file below its name."""
    source = SourceFile("a.yaml", "one: 1\ntwo: 2\n\n\nthree: 3\n")
    other = SourceFile("b.yaml", "base: 9\n")
    found = problem(
        source,
        "three",
        labels=(Label(span(source, "one"), "first here"), Label(span(other, "9"), "over this")),
    )

    assert as_text(found, PLAIN).split("\n")[1:] == [
        "  a.yaml:5:1",
        "1 | one: 1",
        "  | --- first here",
        "…",
        "5 | three: 3",
        "  | ^^^^^",
        "  b.yaml:1:7",
        "1 | base: 9",
        "  |       - over this",
    ]


def test_two_places_on_one_line() -> None:
    """The line is shown once, with one underline for each place, the primary one first."""
    source = SourceFile("a.yaml", "from: [a, b]\n")
    found = problem(source, "b", labels=(Label(span(source, "a,").within(0, 1), "and this"),))

    assert as_text(found, PLAIN).split("\n")[2:] == [
        "1 | from: [a, b]",
        "  |           ^",
        "  |        - and this",
    ]


def test_tabs_and_wide_characters_keep_carets_in_place() -> None:
    """Carets count terminal columns: a tab up to four, a wide character two, an accent none."""
    source = SourceFile("a.yaml", "\tx\t日本é: bad\n")
    lines = as_text(problem(source, "bad"), PLAIN).split("\n")

    assert lines[1] == "  a.yaml:1:9"
    assert lines[2] == "1 |     x   日本é: bad"
    assert lines[3] == "  | " + " " * (4 + 4 + 2 + 2 + 1 + 2) + "^^^"


def test_control_characters_are_pictures() -> None:
    """What would move the cursor or turn the line around is not sent to the terminal."""
    source = SourceFile("a.yaml", "a: \x1b[31m\u202e bad\n")
    drawn = as_text(problem(source, "bad"), PLAIN)

    assert "\x1b" not in drawn
    assert "\u202e" not in drawn
    assert "␛[31m" in drawn


def test_an_empty_place_has_one_caret() -> None:
    """A place without width, at the end of a text, is shown too."""
    source = SourceFile("a.yaml", "run:")
    found = problem(source, "run:", span=Span(source, 4, 4))

    assert as_text(found, PLAIN).split("\n")[2:] == ["1 | run:", "  |     ^"]


def test_a_place_of_several_lines_is_underlined_on_its_first() -> None:
    """The underline ends with the line."""
    source = SourceFile("a.yaml", "a: |\n  b\n  c\n")
    found = problem(source, "|", span=Span(source, 3, 12))

    assert as_text(found, PLAIN).split("\n")[2:] == ["1 | a: |", "  |    ^"]


def test_long_lines_are_cut_around_the_place() -> None:
    """A line of ten thousand characters shows the part that matters."""
    source = SourceFile("a.json", "x" * 5000 + "BAD" + "y" * 5000)
    lines = as_text(problem(source, "BAD"), PLAIN).split("\n")

    assert len(lines[2]) < 140
    assert lines[2][lines[3].index("^") :].startswith("BAD")


def test_without_a_place_the_message_stands_alone() -> None:
    """A missing file has no line to show."""
    found = Diagnostic(code="BC001", message="there is no file `x`", span=None, help="look again")

    assert as_text(found, PLAIN) == "error[BC001]: there is no file `x`\n  = help: look again"


def test_help_of_several_lines_is_indented() -> None:
    """Later lines stand below the first, so that no matcher takes them for a problem."""
    found = Diagnostic(code="BC001", message="m", span=None, help="one\ntwo")

    assert as_text(found, PLAIN).endswith("  = help: one\n          two")


def test_the_summary_counts_and_points_on() -> None:
    """The last line has the counts, what can be repaired, and a code to read about."""
    source = SourceFile("a.yaml", "one two three\n")
    fix = Fix("drop it", (Edit(span(source, "one"), ""),))
    drawn = draw(
        [
            problem(source, "three", severity=Severity.WARNING, code="BC700"),
            problem(source, "one", fix=fix),
            problem(source, "two"),
        ]
    )

    assert drawn.split("\n")[-1] == (
        "2 errors, 1 warning; 1 can be repaired with `--fix`; `bcdsl explain BC301` says more"
    )
    assert "= fix: drop it" in drawn


def test_problems_are_sorted_and_each_cause_is_told_once() -> None:
    """Places in reading order; the same finding at the same place is one."""
    source = SourceFile("a.yaml", "one two\n")
    drawn = draw([problem(source, "two"), problem(source, "one"), problem(source, "two")])

    assert drawn.index("1:1") < drawn.index("1:5")
    assert drawn.count("a.yaml:1:5") == 1
    assert drawn.endswith("2 errors; `bcdsl explain BC301` says more")


def test_a_cap_leaves_out_hints_before_errors() -> None:
    """What is not shown is counted, and errors are shown first though they stand last."""
    source = SourceFile("a.yaml", "x" * 100 + "BAD")
    many = [
        problem(source, "x", span=Span(source, at, at + 1), severity=Severity.NOTE)
        for at in range(60)
    ]
    drawn = draw([*many, problem(source, "BAD")], limit=10)

    assert drawn.count("note[") == 9
    assert drawn.count("error[") == 1
    assert "1 error, 60 notes; 51 of them not shown" in drawn


def test_color_only_where_wanted() -> None:
    """Colour adds escape sequences and nothing else; the choice heeds NO_COLOR and terminals."""
    import re

    source = SourceFile("a.yaml", "one two\n")
    found = problem(source, "two", labels=(Label(span(source, "one"), "this"),), help="do")
    plain, colored = draw([found]), draw([found], color=True)

    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain
    assert wants_color("always", False, {"NO_COLOR": "1"})
    assert not wants_color("never", True, {})
    assert wants_color("auto", True, {"NO_COLOR": ""})
    assert not wants_color("auto", True, {"NO_COLOR": "1"})
    assert not wants_color("auto", False, {})
    assert not wants_color("auto", True, {"TERM": "dumb"})


def test_nothing_is_nothing() -> None:
    """No problems: no text, but whole documents in the formats that are documents."""
    assert draw([]) == ""
    assert draw([], Format.CONCISE) == ""
    assert draw([], Format.GITHUB) == ""
    assert '"problems": []' in draw([], Format.JSON)
    assert '"results": []' in draw([], Format.SARIF)
