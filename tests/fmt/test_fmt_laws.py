"""What holds of the formatter for every text."""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

from bcdsl.compose import compose, tokens
from bcdsl.diagnostic import Severity
from bcdsl.fmt.comments import comments_of
from bcdsl.fmt.format import format_text
from bcdsl.fmt.printer import Printer
from bcdsl.fmt.same import same_trees
from bcdsl.source import SourceFile
from yaml_text.texts import YAMLISH, documents


def formatted(text: str) -> str:
    """Format a text that has no errors."""
    result = format_text(SourceFile("t", text)).text
    assert result is not None
    return result


@given(documents())
@example("a:\n- |+\n  x\n\n# c\n- b")
@example("a: |2-\n   x\n  y\nb:\n    - c\n   # d\n")
def test_formatting_again_changes_nothing(text: str) -> None:
    """The result is a fixed point."""
    once = formatted(text)
    assert formatted(once) == once


@given(documents())
def test_the_meaning_is_the_same(text: str) -> None:
    """The tree of the result is the tree of the text, block texts to the last blank."""
    before = compose(SourceFile("t", text)).documents
    after = compose(SourceFile("t", formatted(text))).documents
    assert same_trees(before, after)


@given(documents())
def test_every_comment_is_kept(text: str) -> None:
    """The result has the comments of the text, in their order."""
    assert comments_of(formatted(text)) == comments_of(text)


@given(documents())
def test_the_printer_needs_no_safety_net(text: str) -> None:
    """The printer alone has these properties; the check behind it never has to step in."""
    printed = Printer(text, tokens(text)).run()
    assert formatted(text) == printed


@given(YAMLISH | st.text("ab:-# \n[]{},'\"|>&*", max_size=30))
def test_any_text(text: str) -> None:
    """A text with errors has no result, any other has one with the same meaning."""
    source = SourceFile("t", text)
    composed = compose(source)
    result = format_text(source)
    if any(p.severity is Severity.ERROR for p in composed.problems):
        assert result.text is None
        assert result.problems == composed.problems
        return
    assert result.text is not None
    assert same_trees(composed.documents, compose(SourceFile("t", result.text)).documents)
    assert formatted(result.text) == result.text


@given(documents())
def test_line_ends_are_kept(text: str) -> None:
    """A file with CRLF is the formatted file with CRLF."""
    assume("\n" in text)
    assert formatted(text.replace("\n", "\r\n")) == formatted(text).replace("\n", "\r\n")


@given(documents())
def test_the_layout(text: str) -> None:
    """At most one blank line in a row, but in texts; brackets hug; no blank ends a line."""
    result = formatted(text)
    at = 0
    for token in tokens(result):
        gap = result[at : token.start]
        assert "\n\n\n" not in gap
        assert " \n" not in gap
        assert "\t" not in gap
        at = max(at, token.end)
