"""The canonical form of a glob."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.pattern.canonical import canonical
from bcdslc.glob.matcher import compile_glob
from glob_strategy import GLOBS, ODD_GLOBS, PATHS

WRITTEN = (
    ("", "/"),
    ("/*/", "/*"),
    ("*", "/*"),
    ("/**/", "/**"),
    ("a/", "/a"),
    ("//a//*", "/a/*"),
    ("/./*", "/*"),
    ("/a/../b", "/b"),
    ("..", "/.."),
    ("/a/**/..", "/a"),
    ("/{a//b,c}", "/{a/b,c}"),
    ("/(a/../b|c)", "/b|c)"),
    ("../../a", "/../../a"),
    ("../a/..", "/.."),
)


@pytest.mark.parametrize(("written", "stored"), WRITTEN)
def test_a_glob_is_stored_cleaned(written: str, stored: str) -> None:
    """Cleaning is of the text, brackets or not."""
    assert canonical(written) == stored


@given(st.one_of(GLOBS, ODD_GLOBS, st.text()))
def test_cleaning_twice_is_cleaning_once(glob: str) -> None:
    """What is stored is cleaned again at each use, and stays."""
    assert canonical(canonical(glob)) == canonical(glob)


@given(st.lists(st.sampled_from(("a", "*", "?b", "[ab]", "**", "a_*")), min_size=1, max_size=3))
def test_cleaning_changes_no_match(elements: list[str]) -> None:
    """Slashes too many, dots and detours say nothing."""
    plain = compile_glob("/" + "/".join(elements))
    noisy = compile_glob(canonical("x/..//./" + "/.//".join(elements) + "///"))
    for path in PATHS:
        assert plain.match(path) == noisy.match(path)
