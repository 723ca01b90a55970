"""Writing a pattern as a glob: the same meaning, brackets only where asked or needed."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bcdsl.pattern.canonical import canonical
from bcdsl.pattern.fix import fix
from bcdsl.pattern.names import names
from bcdsl.pattern.narrow import narrow
from bcdsl.pattern.read import read_glob, read_sub
from bcdsl.pattern.slashes import slashes
from bcdsl.pattern.tree import Pattern
from bcdsl.pattern.write import write_glob
from bcdsl.source import SourceFile, Span
from bcdslc.glob.matcher import compile_glob
from bcdslc.glob.named import bindings
from glob_strategy import GLOBS, ODD_GLOBS, PATHS, named

SPELLINGS = (
    ("/img*<n>", "n", "/img*@(*)"),
    ("/img*<n>", "", "/img*@(*)"),
    ("/<a>(L|R)", "", "/(*)(L|R)"),
    ("/<at:<day:*/*/*>/(A|B)>", "at day", "/((*/*/*)/(A|B))"),
    ("/<at:<day:*/*/*>/(A|B)>", "", "/*/*/*/(A|B)"),
    ("/<x>/<y>", "y", "/*/(*)"),
    ("/<x:a|b>/<y>", "y", "/(a|b)/(*)"),
    ("/<x:img_*>", "", "/img_*"),
    ("/?<x:(a)>", "", "/?@((a))"),
    ("/<x>/", "x", "/(*)"),
    ("/", "", "/"),
)


def read(text: str) -> Pattern:
    """Return the pattern of a text that has a meaning."""
    pattern, _ = read_glob(text, names=True)
    assert pattern is not None
    return pattern


@pytest.mark.parametrize(("text", "keep", "glob"), SPELLINGS)
def test_a_bracket_goes_where_it_may(text: str, keep: str, glob: str) -> None:
    """A name without a key loses its bracket, unless something needs it."""
    assert write_glob(read(text), keep.split()).glob == glob


@given(named(), st.sets(st.integers(1, 6)))
@example("/<n1>*(a)<n2>", set())
@example("/<n1:?><n2:(a|b)>", set())
def test_a_written_pattern_means_the_same(text: str, chosen: set[int]) -> None:
    """For every set of names kept: the same paths, the same texts, the numbers as told."""
    pattern, _ = read_glob(text, names=True)
    assume(pattern is not None)
    assert pattern is not None
    keep = {f"n{number}" for number in chosen}
    written = write_glob(pattern, keep)
    assert canonical(written.glob) == written.glob
    ours, theirs = bindings(pattern), compile_glob(written.glob)
    present = {each.name for each in names(pattern)}
    assert keep & present <= set(written.numbers)
    for path in PATHS:
        bound, captures = ours.match(path), theirs.match(path)
        assert (bound is None) == (captures is None)
        if bound is None or captures is None:
            continue
        for name, number in written.numbers.items():
            assert captures[number] == bound[name]
        raw = ours.matcher.match(path)
        assert raw is not None
        for before, after in written.raw.items():
            assert captures[after] == raw[before]


@given(st.one_of(GLOBS, ODD_GLOBS))
@example("/a/\\")
@example("/a\\//b")
def test_a_raw_glob_written_out_means_the_same(glob: str) -> None:
    """Also with the reader's oddities, all of which have a spelling; numbers stay."""
    glob = canonical(glob)
    pattern, _ = read_glob(glob)
    if pattern is None or "[]" in glob or "[!]" in glob or "[^]" in glob:
        return  # an empty class swallows text as it is spelled
    written = write_glob(pattern, ())
    assert canonical(written.glob) == written.glob
    assert all(before == after for before, after in written.raw.items())
    before, after = compile_glob(pattern), compile_glob(written.glob)
    for path in PATHS:
        assert before.match(path) == after.match(path)


@given(named(), st.sampled_from(("a", "a_b", "b.a", "_")))
def test_fixing_is_narrowing_to_that_text(text: str, value: str) -> None:
    """A filled parameter gives what the name narrowed to just this text gives."""
    pattern, _ = read_glob(text, names=True)
    assume(pattern is not None)
    assert pattern is not None
    bare = {each.name for each in names(pattern) if getattr(each, "bare", False)}
    assume(bare)
    place = Span(SourceFile("names", value), 0, len(value))
    sub, problems = read_sub(value, place)
    assert sub is not None
    assert not problems
    fixed = bindings(fix(pattern, dict.fromkeys(bare, value)))
    narrowed = bindings(narrow(pattern, dict.fromkeys(bare, sub)))
    for path in PATHS:
        assert fixed.match(path) == narrowed.match(path)


@given(named())
@example("/<n1:a|a/b>")
@example("/<n1:(a/b|b)/{a,_b}>")
@example("/<n1:?(a/)b>")
@example("/<n1:[!b]>b")
def test_the_slashes_of_a_name_are_counted_right(text: str) -> None:
    """Where the number of slashes is one number, every match has so many."""
    pattern, _ = read_glob(text, names=True)
    assume(pattern is not None)
    assert pattern is not None
    counts = {each.name: slashes(each) for each in names(pattern)}
    matcher = bindings(pattern)
    for path in PATHS:
        for name, bound in (matcher.match(path) or {}).items():
            if counts[name] is not None:
                assert bound.count("/") == counts[name]
