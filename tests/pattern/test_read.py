"""Reading texts: the reader's rules, its oddities, names, and any text at all."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bcdsl.pattern.names import names
from bcdsl.pattern.read import read_glob, read_pattern, read_sub
from bcdsl.pattern.tree import Braces, CharClass, Group, Text
from bcdsl.pattern.walk import walk
from bcdsl.source import SourceFile, Span
from glob_strategy import ODD_GLOBS, named

REFUSED = (
    ("exam", "BC400", "e"),
    ("/[a", "BC401", "["),
    ("/^(a)", "BC402", "^("),
    ("/a\ufffd", "BC403", "\ufffd"),
    ("/\udc80", "BC403", "\udc80"),
    ("/[z-a]", "BC404", "[z-a]"),
    ("/[]a[b]", "BC405", "[]"),
    ("/" + "(" * 120, "BC406", "("),
    ("/<my exam>", "BC407", "<my exam>"),
    ("/<1>", "BC407", "<1>"),
    ("/a>", "BC408", ">"),
    ("/<a:b", "BC408", "<a"),
    ("/<a:(b>)", "BC408", ">"),
    ("/(<a:b)>", "BC408", ")"),
    ("/<a:{b>}", "BC408", ">"),
    ("/<a>/<a>", "BC409", "<a>"),
    ("/{<a>,b}", "BC410", "<a>"),
    ("/?(<a>)", "BC410", "<a>"),
    ("/*(<a>)", "BC410", "<a>"),
    ("/+(<a>)", "BC410", "<a>"),
    ("/!(<a>)", "BC410", "<a>"),
    ("/(<a>|b)", "BC410", "<a>"),
    ("/<b:<a>|c>", "BC410", "<a>"),
    ("/x+<a>", "BC411", "+<"),
    ("/\\@<a>", "BC411", "@<"),
    ("/a//b", "BC412", "//"),
    ("/a/./b", "BC412", "."),
    ("/a/../b", "BC412", ".."),
    ("/<a:>", "BC413", "<a:>"),
)


@pytest.mark.parametrize(("text", "code", "place"), REFUSED)
def test_what_a_pattern_may_not_be_is_said_at_its_place(text: str, code: str, place: str) -> None:
    """Each mistake has its code and the smallest place."""
    source = SourceFile("x", "from: repo:" + text)
    span = Span(source, 11, len(source.text))
    pattern, problems = read_pattern(text, span)
    assert pattern is None
    found = next(problem for problem in problems if problem.code == code)
    assert found.span is not None
    assert found.span.text == place


def test_names_are_numbered_by_their_opening_bracket() -> None:
    """Names nest, and raw brackets count with them."""
    pattern, problems = read_glob("/<at:<day:*/*>/(A|B)>_<n>", names=True)
    assert pattern is not None
    assert not problems
    assert [(each.name, each.number) for each in names(pattern)] == [
        ("at", 1),
        ("day", 2),
        ("n", 4),
    ]


def test_escapes_and_classes_hold_no_names() -> None:
    r"""`\<` is the character, and in a class `<` is itself."""
    pattern, problems = read_glob("/\\<a\\>[<b>]", names=True)
    assert pattern is not None
    assert not problems
    assert names(pattern) == ()
    text, members = pattern.nodes
    assert isinstance(text, Text)
    assert text.text == "/<a>"
    assert isinstance(members, CharClass)
    assert members.members == "<b>"


def test_a_brace_takes_the_closer_of_the_bracket_in_it() -> None:
    """One stack for both kinds: `}` closes the bracket, and what follows is in the brace."""
    pattern, _ = read_glob("/{a,(b)}c")
    assert pattern is not None
    braces = pattern.nodes[1]
    assert isinstance(braces, Braces)
    assert braces.closer == ""
    group, rest = braces.alternatives[1]
    assert isinstance(group, Group)
    assert group.closer == "}"
    assert isinstance(group.alternatives[0][0], Text)
    assert group.alternatives[0][0].text == "b)"
    assert isinstance(rest, Text)
    assert rest.text == "c"


def test_three_stars_before_a_bracket_are_a_star_and_a_repeat() -> None:
    """`**(` is `*` and then `*(`, and never `**` and then a bracket."""
    pattern, _ = read_glob("/**(a)")
    assert pattern is not None
    assert [type(node).__name__ for node in pattern.nodes] == ["Text", "Star", "Group"]


def test_a_narrowing_holds_no_names_and_closes_nothing() -> None:
    """What `names` gives stands by itself."""
    for text, code in (("<a>", "BC410"), ("a)b", "BC408"), ("[", "BC401")):
        pattern, problems = read_sub(text, Span(SourceFile("x", text), 0, len(text)))
        assert pattern is None
        assert code in [problem.code for problem in problems]


@given(st.one_of(st.text(), ODD_GLOBS, named()), st.booleans())
@example("/" + "{(" * 300, False)
@example("/<a:" * 200, True)
def test_any_text_is_read_or_refused(text: str, with_names: bool) -> None:
    """No text makes the reader raise; what is refused has a reason within the text."""
    pattern, flaws = read_glob(text, names=with_names)
    if pattern is None:
        assert flaws
    else:
        assert all(0 <= node.start <= node.end <= len(text) for node in walk(pattern.nodes))
    for flaw in flaws:
        assert 0 <= flaw.start <= flaw.end <= max(len(text), 1)


def test_a_long_text_is_read_in_linear_time() -> None:
    """A megabyte of glob takes no more than seconds."""
    start = time.perf_counter()
    read_glob("/" + "a{b,c}(d|e)[f-g]*?" * 50_000)
    assert time.perf_counter() - start < 10
