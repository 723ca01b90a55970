"""Two patterns that no path matches both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.pattern.disjoint import disjoint
from bcdsl.pattern.read import read_glob
from bcdslc.glob.matcher import compile_glob
from glob_strategy import GLOBS, ODD_GLOBS, PATHS

PAIRS = (
    ("/a", "/b", True),
    ("/*", "/a", False),
    ("/*/x", "/*", True),
    ("/**", "/*", False),
    ("/*.png", "/*.jpg", True),
    ("/", "/*", True),
    ("/", "/", False),
    ("/a/**", "/a", True),
    ("/{a,b}", "/{c,b}", False),
    ("/[ab]", "/[!ab]", True),
    ("/[ab]x", "/[c-d]x", True),
    ("/a*", "/*b", False),
    ("/+(ab)", "/*(ba)", True),
)


@pytest.mark.parametrize(("left", "right", "apart"), PAIRS)
def test_what_is_apart_is_shown_apart(left: str, right: str, apart: bool) -> None:
    """Ordinary pairs are told apart, in either order."""
    one, other = read_glob(left)[0], read_glob(right)[0]
    assert one is not None
    assert other is not None
    assert disjoint(one, other) == disjoint(other, one) == apart


@given(st.one_of(GLOBS, ODD_GLOBS), st.one_of(GLOBS, ODD_GLOBS))
def test_no_path_matches_two_disjoint_patterns(left: str, right: str) -> None:
    """Disjoint is never said of two patterns that share a path."""
    one, other = read_glob(left)[0], read_glob(right)[0]
    if one is None or other is None or not disjoint(one, other):
        return
    first, second = compile_glob(one), compile_glob(other)
    for path in PATHS:
        assert first.match(path) is None or second.match(path) is None
