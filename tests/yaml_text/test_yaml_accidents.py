"""The accidents of YAML, each in plain words, at the smallest place, with its repair."""

from __future__ import annotations

import pytest

from bcdsl.compose import compose
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.source import SourceFile

# what is written | code | the text that is pointed at | the text after the fix, if there is one
CASES = [
    # a plain value that starts with a character of YAML's own
    ("a: @daily\n", "BC023", "@", "a: '@daily'\n"),
    ("a: `x`  # why\n", "BC023", "`", "a: '`x`'  # why\n"),
    ("a: %x\n", "BC023", "%", "a: '%x'\n"),
    ("a: */b\n", "BC023", "*", "a: '*/b'\n"),
    ("a: *\n", "BC023", "*", "a: '*'\n"),
    ("a: *b/c\n", "BC023", "*", "a: '*b/c'\n"),
    ("a: *b c\n", "BC023", "*", "a: '*b c'\n"),
    ("a: &/b\n", "BC023", "&", "a: '&/b'\n"),
    ("a: !(b|c)/*\n", "BC023", "!", "a: '!(b|c)/*'\n"),
    ("a: {b,c}/d\n", "BC023", "{", "a: '{b,c}/d'\n"),
    ("- [0-9]*\n", "BC023", "[", "- '[0-9]*'\n"),
    ("a: [@x, b]\n", "BC023", "@", None),
    ("a: [- b, c]\n", "BC023", "-", None),
    ("a: {b: ?c}\n", "BC023", "?", None),
    ("a: ,b\n", "BC023", ",", "a: ',b'\n"),
    # the same, silently
    ("a: !(b)\n", "BC016", "!(b)", "a: '!(b)'\n"),
    ("a: [!(b), c]\n", "BC016", "!(b)", "a: ['!(b)', c]\n"),
    ("a: !!str 3\n", "BC016", "!!str", None),
    ("a: &b\n", "BC021", "&b", None),
    ("a: &b c\n", "BC022", "&b", None),
    ("a: *b\n", "BC017", "*b", "a: '*b'\n"),
    ("x-name: &name b\na: *nmae\nb: *name\n", "BC017", "*nmae", None),
    ("a: &b [*b]\n", "BC018", "*b", None),
    # brackets and commas of a pattern inside a flow list
    ("a: [b:/{x,y}, c]\n", "BC028", "{", "a: ['b:/{x,y}', c]\n"),
    ("a: [b:/[0-9]/*]\n", "BC028", "[", "a: ['b:/[0-9]/*']\n"),
    ("a: {B: b:/{x,y}}\n", "BC028", "{", "a: {B: 'b:/{x,y}'}\n"),
    ("a: [b:/<n:[0-9]>, c]\n", "BC028", ":[", "a: ['b:/<n:[0-9]>', c]\n"),
    ("a: {B: b:/<n:{x,y}>}\n", "BC028", ":{", "a: {B: 'b:/<n:{x,y}>'}\n"),
    ("a: [c, b:/<n:??>/*]\n", "BC028", ":?", "a: [c, 'b:/<n:??>/*']\n"),
    ("a: {B: b:[c]}\n", "BC028", ":[", "a: {B: 'b:[c]'}\n"),
    ("a: [b:, c]\n", "BC028", ":,", None),
    ("a: [b:/@(x,y), c]\n", "BC029", ",", "a: ['b:/@(x,y)', c]\n"),
    ("a: {B: b:/(x,y)}\n", "BC029", ",", "a: {B: 'b:/(x,y)'}\n"),
    ("a: [b:/<n:x,y>, c]\n", "BC029", ",", "a: ['b:/<n:x,y>', c]\n"),
    ("a: {B: b:/<n:x,<m>>/*}\n", "BC029", ",", "a: {B: 'b:/<n:x,<m>>/*'}\n"),
    # colons
    ("a: b: c\n", "BC024", ":", "a: 'b: c'\n"),
    ("a: echo b: c  # d\n", "BC024", ":", "a: 'echo b: c'  # d\n"),
    ("a: {b: c: d}\n", "BC024", ":", None),
    ("a: 1\nb:2\nc: 3\n", "BC025", "b:", "a: 1\nb: 2\nc: 3\n"),
    ("a:\n  b:2\n  c: 3\n", "BC025", "b:", "a:\n  b: 2\n  c: 3\n"),
    ("a: {b:1}\n", "BC025", "b:", "a: {b: 1}\n"),
    ("a: {b:[1]}\n", "BC025", "b:", "a: {b: [1]}\n"),
    ("a: 1\nbcd\ne: 2\n", "BC040", "bcd", None),
    # a comment that was none
    ('a: echo "b #c"\n', "BC034", '#c"', "a: 'echo \"b #c\"'\n"),
    ("a: b:/(x #|y)\n", "BC034", "#|y)", "a: 'b:/(x #|y)'\n"),
    # indentation
    ("a:\n\tb: c\n", "BC012", "\t", None),
    ("a:\n  b: c\n\td: e\n", "BC012", "\t", None),
    ("a: |\n  b\n\tc\n", "BC012", "\t", None),
    ("a:\n  b: 1\n c: 2\n", "BC026", "c: 2", None),
    ("a:\n  b: 1\n    c: 2\n", "BC026", "c", None),
    ("- a\nb: c\n", "BC026", "b: c", None),
    ("a: b\n- c\n", "BC026", "- c", None),
    ("a: - b\n", "BC036", "-", None),
    # brackets
    ("a: [b\nc: d\n", "BC027", "[", None),
    ("a: [b, {c: d]\n", "BC027", "{", None),
    ("a: b\n]\n", "BC037", "]", None),
    ("a: [b:/c], d]\n", "BC037", "]", None),
    ("a: {B: b:/c}, C: d}\n", "BC037", "}", None),
    ("{a: b}}\n", "BC037", "}", None),
    ("a: {b: c d: e}\n", "BC038", "c d", None),
    ("a: ['b' c]\n", "BC038", "c", None),
    ("a: [b, , c]\n", "BC038", ",", None),
    # quotes
    ("a: 'b\nc: d\n", "BC030", "'", None),
    ('a: "b\nc: "d"\n', "BC030", '"', None),
    ("a: 'it's'\n", "BC031", "s", None),
    ('a: "\\d"\n', "BC032", "\\d", None),
    ('a: "x\\u12"\n', "BC032", "\\u", None),
    # the rest
    ("a: | grep b\n", "BC033", "| grep b", "a: '| grep b'\n"),
    ("%b\na: c\n", "BC035", "%b", None),
    ("a: \x07\n", "BC010", "\x07", None),
    ("a: 1\nb: 2\na: 3\n", "BC013", "a", None),
    ("a: {{ b }}\n", "BC014", "{ b }", None),
    ("x-a: &a {b: 1}\nc: {<<: *a}\n", "BC015", "<<", None),
    ("# nothing\n", "BC007", "", None),
]


def findings(text: str) -> tuple[Diagnostic, ...]:
    """Return all findings of a text."""
    return compose(SourceFile("t", text)).problems


@pytest.mark.parametrize(("text", "code", "place", "fixed"), CASES)
def test_accident(text: str, code: str, place: str, fixed: str | None) -> None:
    """One accident is one finding, which stands at the smallest place and knows the repair."""
    (problem,) = findings(text)
    assert problem.code == code
    assert problem.span is not None
    assert problem.span.text == place
    assert problem.severity is (Severity.WARNING if code == "BC022" else Severity.ERROR)
    assert (problem.fix is not None) == (fixed is not None)
    if problem.fix and fixed is not None:
        for edit in sorted(problem.fix.edits, key=lambda e: -e.span.start):
            text = text[: edit.span.start] + edit.text + text[edit.span.end :]
        assert text == fixed
        assert findings(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "a: it's  # don't\n",
        "a: b  # (see c)\n",
        "a: 'x #y'\n",
        "a: x < y  # z > w\n",
        "a: [b, (c), d]\n",
        "a: [b, <n, c]\n",
        "a: [r:/<x>, s:/<x>]  # [note]\n",
        "from:\n  b:/x\n",
        "a: http://b/c\n",
        "a: |\n  b:c\n  d:e\n",
        "a: |\n  <<<<<<< x\n",
        "a: '[0-9]'\nb: x*\nc: x@y\nd: x{y,z}\n",
    ],
)
def test_no_accident(text: str) -> None:
    """What only looks like an accident is not reported."""
    assert findings(text) == ()


def test_a_repeated_key_shows_both_places() -> None:
    """The finding stands at the second key, and a label at the first."""
    (problem,) = findings("a: 1\nb: {c: 1, c: 2}\n")
    assert problem.span is not None
    assert (problem.span.start, problem.labels[0].span.start) == (15, 9)


def test_a_merge_conflict_is_one_finding() -> None:
    """Its three lines are shown, and nothing else is said of such a file."""
    (problem,) = findings("<<<<<<< HEAD\na: [\n=======\nb: 2\n>>>>>>> other\n")
    assert problem.code == "BC011"
    assert [label.span.text for label in problem.labels] == ["=======", ">>>>>>> other"]


def test_lines_without_blanks_are_each_reported() -> None:
    """YAML joins such lines to one text without a word."""
    found = findings("a:\n  image:b\n  cmd:c\n")
    assert [(p.code, p.span and p.span.text) for p in found] == [
        ("BC025", "image:"),
        ("BC025", "cmd:"),
    ]


def test_a_readable_document_is_returned_beside_a_broken_one() -> None:
    """A syntax error takes away its own document and those behind it."""
    composed = compose(SourceFile("t", "a: b\n---\nc: [\n"))
    assert len(composed.documents) == 1
    assert [p.code for p in composed.problems] == ["BC027"]
