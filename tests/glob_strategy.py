"""Globs, patterns with names, and paths for the laws about them."""

from __future__ import annotations

from itertools import product

from hypothesis import strategies as st

ELEMENTS = ("a", "b", "_", "aa", "ab", "a_", "_b", "a_b", "a.b", "ba", "a_b_a", "b.a")
PATHS = (
    tuple("/" + "/".join(parts) for depth in (1, 2) for parts in product(ELEMENTS, repeat=depth))
    + tuple("/" + "/".join(parts) for parts in product(ELEMENTS[:5], repeat=3))
    + ("/a/b/a/b", "/a/a/a/a/a")
)

_LETTERS = st.sampled_from(("a", "b", "_", ".", "ab", "a_"))
_WILD = st.sampled_from(("*", "?", "**", "[ab]", "[!/a]", "[!a]", "[a-b_]"))
_OPERATORS = st.sampled_from(("(", "@(", "?(", "*(", "+(", "!("))


def _groups(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    alternatives = st.lists(inside, min_size=1, max_size=3)
    return st.builds(lambda op, parts: op + "|".join(parts) + ")", _OPERATORS, alternatives)


def _braces(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda parts: "{" + ",".join(parts) + "}", st.lists(inside, max_size=3))


def _row(piece: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(piece, max_size=3).map("".join)


_PIECES = st.recursive(
    st.one_of(_LETTERS, _WILD),
    lambda inner: st.one_of(_groups(_row(inner)), _braces(_row(inner))),
    max_leaves=6,
)

# plausible globs of every construct, some with a slash inside a group
GLOBS = st.lists(_row(_PIECES), min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))

# texts in which the reader's oddities meet
ODD_GLOBS = st.text(alphabet="ab/*?[]{}()!@+^|,\\:-<>.", max_size=14).map(lambda text: "/" + text)


@st.composite
def named(draw: st.DrawFn) -> str:
    """Return a text that is likely to be a pattern with up to four names."""
    count = 0

    def name(depth: int) -> str:
        nonlocal count
        count += 1
        mark = f"n{count}"
        kind = draw(st.integers(0, 3 if depth else 1))
        if kind == 0:
            return f"<{mark}>"
        if kind == 1:
            return f"<{mark}:{draw(_row(_PIECES))}>"
        if kind == 2:
            return f"<{mark}:{draw(_LETTERS)}|{draw(_row(_PIECES))}>"
        return f"<{mark}:{name(depth - 1)}/{draw(_row(_PIECES))}{name(depth - 1)}>"

    elements = []
    for _ in range(draw(st.integers(1, 3))):
        pieces = [
            name(1) if count < 3 and draw(st.booleans()) else draw(_PIECES)
            for _ in range(draw(st.integers(1, 3)))
        ]
        elements.append("".join(pieces))
    return "/" + "/".join(elements)
