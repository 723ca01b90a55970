"""The comments of a text, found in what its tokens leave over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.compose import tokens

_HEADER_COMMENT = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\n]*)")


def comments_of(text: str) -> list[str]:
    """Return every comment in order, without blanks at its end."""
    return list(_comments(text))


def _comments(text: str) -> Iterator[str]:
    at = 0
    for token in tokens(text):
        yield from _in_gap(text[at : token.start])
        if token.kind == "Scalar" and token.style in ("|", ">"):
            header = _HEADER_COMMENT.match(text, token.start, token.end)
            if header:
                yield header[1].rstrip()
        at = max(at, token.end)
    yield from _in_gap(text[at:])


def _in_gap(gap: str) -> Iterator[str]:
    for line in gap.split("\n"):
        start = line.find("#")
        if start >= 0:
            yield line[start:].rstrip()
