"""The layout, shown: what an author writes and what the formatter makes of it."""

from __future__ import annotations

import pytest

from bcdsl.fmt.format import format_text
from bcdsl.source import SourceFile

CASES = [
    ("a:   1\n", "a: 1\n"),
    ("a : 1", "a: 1\n"),
    ("a:\n- b\n-   c: d\n    e: f\n", "a:\n  - b\n  - c: d\n    e: f\n"),
    ("a: { b:  1 , c: 2 }\n", "a: {b: 1, c: 2}\n"),
    ("a: [ b,c ,  'd' , ]\n", "a: [b, c, 'd']\n"),
    ("a: [\n b,\n   c,  # d\n # e\n    ]\n", "a: [\n  b,\n  c,  # d\n  # e\n]\n"),
    ("- [\n b]\n", "- [\n    b]\n"),
    ("a: 1 # b\n", "a: 1  # b\n"),
    ("\n\n# a\n\n\n\n# b\nc: d\n\n\n", "# a\n\n# b\nc: d\n"),
    ("a:\n     b: 1\n     # c\n     d: 2\n  # e\nf: 3\n", "a:\n  b: 1\n  # c\n  d: 2\n# e\nf: 3\n"),
    ("a: |\n    b  \n      c\n\n\n\nd: e\n", "a: |\n  b  \n    c\n\nd: e\n"),
    ("a:\n    # below its key\n    b: 1\n", "a:\n  # below its key\n  b: 1\n"),
    ("a:\n- b\n# between\n- c\n# end\nd: e\n", "a:\n  - b\n  # between\n  - c\n# end\nd: e\n"),
    ("a: |+\n    b\n\n\nd: e\n", "a: |+\n  b\n\n\nd: e\n"),
    ("a: |4-\n      b\n    c\n", "a: |2-\n    b\n  c\n"),
    ("a: >-  # why\n b\n", "a: >-  # why\n  b\n"),
    ("a: |\n  b", "a: |\n  b"),
    ("a: b\n     c\n\n   d\n", "a: b\n  c\n\n  d\n"),
    ('a: "b\n     c\\\n   d"\n', 'a: "b\n  c\\\n  d"\n'),
    ("x-a:  &one  {b: 1}\nc:   *one\n", "x-a: &one {b: 1}\nc: *one\n"),
    ("a:\n    &x\n    b: c\nd: *x\n", "a:\n  &x\n  b: c\nd: *x\n"),
    ("---   {a:   b}\n---\n...\n", "--- {a: b}\n---\n...\n"),
    ("-   -  a\n    -  b\n", "- - a\n  - b\n"),
    ("? a\n:   b\n", "? a\n: b\n"),
    ("a: !!x\n", None),
    ("a: [b\n", None),
    ("a: 1\na: 2\n", None),
]


@pytest.mark.parametrize(("written", "expected"), CASES)
def test_layout(written: str, expected: str | None) -> None:
    """Each text becomes the one beside it; None: it has an error and is not touched."""
    assert format_text(SourceFile("t", written)).text == expected


def test_quotes_are_the_authors() -> None:
    """What a flow list would break stays in quotes, and no quote is added or changed."""
    text = "a: ['b:/{x,y}', \"c:/[0-9]\", d:/*]\n"
    assert format_text(SourceFile("t", text)).text == text
