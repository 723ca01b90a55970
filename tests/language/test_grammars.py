"""The small grammars: the tables are fresh, and run as the grammar library would run them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.grammar import build
from bcdsl.grammar.parse import parse
from bcdsl.grammar.tree import Branch, Token, Unexpected

lark = pytest.importorskip("lark")

NAMES = ("ref", "key", "range", "toleration")
PARSERS: dict[str, Any] = {name: build.lark_parser(name) for name in NAMES}
PIECES = st.sampled_from(
    [
        *("a", "repo", "/", "@", ":", "<x>", "<x", ">", "$1", "${2}", "$$", "$", "..", "."),
        *("1", "0.5", "6G", "=", "NoSchedule", "30", " ", "*", "(", "é", "\n", "-", "_"),
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=9).map("".join), st.text(alphabet="a/@:<>$.= \n1é", max_size=12)
)


def plain(tree: Any) -> Any:
    """Return a tree of ours, or of the library, as nested tuples."""
    if isinstance(tree, Branch):
        return (tree.rule, tuple(plain(child) for child in tree.children))
    if isinstance(tree, Token):
        return (tree.kind, tree.text, tree.start, tree.end)
    if isinstance(tree, lark.Tree):
        return (str(tree.data), tuple(plain(child) for child in tree.children))
    return (tree.type, str(tree), tree.start_pos, tree.end_pos)


def test_the_tables_are_what_the_grammars_say() -> None:
    """`build --check` would find nothing to do."""
    assert build.TABLES.read_text(encoding="utf-8") == build.text(), build.COMMAND


@pytest.mark.parametrize("name", NAMES)
@given(text=TEXTS)
def test_our_machine_reads_as_the_library_reads(name: str, text: str) -> None:
    """Both take the same texts, with the same trees; both stop at the same place."""
    ours = parse(name, text)
    try:
        theirs = PARSERS[name].parse(text)
    except lark.exceptions.UnexpectedInput as error:
        assert isinstance(ours, Unexpected), (text, ours)
        at = len(text) if error.pos_in_stream is None else error.pos_in_stream
        if not isinstance(error, lark.exceptions.UnexpectedToken) or error.token.type != "$END":
            assert ours.at == at
        else:
            assert ours.at == len(text)
    else:
        assert plain(ours) == plain(theirs)


def test_what_was_expected_is_told() -> None:
    """A text that leaves its grammar tells what could have stood there."""
    assert parse("ref", "a:") == Unexpected(2, ("PATTERN",))
    assert parse("toleration", "a=") == Unexpected(2, ("VALUE",))
