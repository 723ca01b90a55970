"""Accidents that leave a readable tree: found by a look at the text, then made sure in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_accident.entries import no_blank
from bcdsl.yaml_accident.quote import line_end, quote_fix, quoted
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

EATEN = "BC034"

_CLOSES = {"(": ")", "[": "]", "{": "}", "<": ">", '"': '"', "'": "'"}
_COMMENT = re.compile(r"[ \t]+#")
_KEY_LINES = re.compile(
    r"^[ ]*[A-Za-z_][\w-]*:[^\s/][^\n]*\n[ ]*[A-Za-z_][\w-]*:[^\s/]", re.MULTILINE
)
_KEY_LINE = re.compile(r"[ ]*([A-Za-z_][\w-]*:)[^\s/]")


def silent_accidents(source: SourceFile, documents: Iterable[Node]) -> Iterator[Diagnostic]:
    """Yield what is surely not meant, though YAML reads it without complaint."""
    comments = _has_comment_in_pair(source.text)
    lines = _KEY_LINES.search(source.text)
    if not comments and not lines:
        return
    for scalar in _plain_scalars(documents):
        if comments and (found := _eaten_by_comment(scalar)):
            yield found
        if lines and "\n" in source.text[scalar.start : scalar.end]:
            yield from _lines_as_text(scalar)


def _has_comment_in_pair(text: str) -> bool:
    """Say whether on any line a comment stands between a quote or bracket and its partner."""
    at = text.find(" #")
    while at >= 0:
        start = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        before, after = text[start:at], text[at:end]
        if any(opening in before and closing in after for opening, closing in _CLOSES.items()):
            return True
        at = text.find(" #", end)
    return False


def _plain_scalars(documents: Iterable[Node]) -> Iterator[Scalar]:
    """Yield each plain scalar once, in no promised order."""
    todo: list[Node] = list(documents)
    seen: set[int] = set()
    while todo:
        node = todo.pop()
        if isinstance(node, Scalar):
            if node.style == "" and node.text and id(node) not in seen:
                seen.add(id(node))
                yield node
        elif id(node) not in seen:
            seen.add(id(node))
            if isinstance(node, Sequence):
                todo.extend(node.items)
            elif isinstance(node, Mapping):
                for entry in node.entries:
                    todo.extend(entry)


def _eaten_by_comment(scalar: Scalar) -> Diagnostic | None:
    """Find `echo "a #b"`: a quote or bracket is open in the value, and the comment closes it."""
    source = scalar.source
    if not _COMMENT.match(source.text, scalar.end):
        return None
    rest = source.text[scalar.end : line_end(source, scalar.end)]
    opened = _left_open(scalar.text)
    if opened is None or _CLOSES[opened] not in rest:
        return None
    whole = Span(source, scalar.start, scalar.end + len(rest.rstrip()))
    return Diagnostic(
        code=EATEN,
        message=f"the comment cuts the value off inside `{opened}`",
        span=Span(source, scalar.end + rest.index("#"), whole.end),
        help=f"` #` starts a comment: write {quoted(whole.text) or 'the value in quotes'}",
        fix=quote_fix(whole),
    )


def _left_open(text: str) -> str | None:
    """Return the quote or bracket that a text leaves open, or None.

    An apostrophe inside a word opens nothing, nor does a lone `<` that stands before a blank.
    """
    opened: list[str] = []
    before = " "
    for at, char in enumerate(text):
        if opened and opened[-1] in "\"'":
            if char == opened[-1]:
                opened.pop()
        elif opened and char == _CLOSES[opened[-1]]:
            opened.pop()
        elif char in "\"'":
            if not before.isalnum():
                opened.append(char)
        elif char in "([{" or (char == "<" and text[at + 1 : at + 2].isalpha()):
            opened.append(char)
        before = char
    return opened[-1] if opened else None


def _lines_as_text(scalar: Scalar) -> Iterator[Diagnostic]:
    """Find `image:foo` and `cmd:bar` on lines of their own, which YAML joins to one text."""
    text = scalar.source.text[scalar.start : scalar.end]
    at = scalar.start
    found = []
    for line in text.splitlines(keepends=True):
        match = _KEY_LINE.match(line)
        if not match:
            return
        found.append(Span(scalar.source, at + match.start(1), at + match.end(1)))
        at += len(line)
    for span in found:
        yield no_blank(span)
