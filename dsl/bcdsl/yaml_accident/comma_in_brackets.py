"""A comma inside a flow list ends the item, also where it stands in a pattern's brackets.

`[a:/@(x,y)]` is a list of `a:/@(x` and `y)` to YAML, which says nothing; so is `[a:/<n:x,y>]`.
"""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import Span
from bcdsl.yaml_accident.quote import quote_fix, quoted
from bcdsl.yaml_tree import Node, Scalar

CODE = "BC029"

_FAR = 20  # items; a pattern has not more commas, and a list of `(` stays quick
_BRACKETED = re.compile(r"(?:\(|<[A-Za-z_]\w*:)[^()<>\n]*,")
_NAME = re.compile(r"<[A-Za-z_]\w*[:>]")


def may_split(text: str) -> bool:
    """Say whether the file holds a comma in brackets of a pattern, so that it pays to look."""
    return bool(_BRACKETED.search(text))


def joined_again(items: list[Node], problems: list[Diagnostic]) -> list[Node]:
    """Return the items of a flow list with the split ones put together and reported."""
    result: list[Node] = []
    at = 0
    while at < len(items):
        end = _closing(items, at)
        if end > at:
            first, last = items[at], items[end]
            span = Span(first.source, first.start, last.end)
            problems.append(comma_in_brackets(span))
            result.append(Scalar(span.text, "", first.source, first.start, last.end))
        else:
            result.append(items[at])
        at = end + 1
    return result


def comma_in_brackets(span: Span) -> Diagnostic:
    """Return the problem of a text that a comma cuts in two."""
    comma = span.text.index(",")
    cut = " ".join(span.text[:comma].split())
    return Diagnostic(
        code=CODE,
        message=f"the comma ends `{cut}`: inside `[ ]` and `{{ }}` it is YAML's own",
        span=span.within(comma, comma + 1),
        help=f"write {quoted(span.text) or 'the text in quotes'}",
        fix=quote_fix(span),
    )


def depth(node: Node) -> int:
    """Return how many brackets of a plain text stay open (below 0: too many close)."""
    if isinstance(node, Scalar) and node.style == "":
        text = node.text
        level = text.count("(") - text.count(")")
        if "<" in text or ">" in text:
            level += len(_NAME.findall(text)) - text.count(">")
        return level
    return 0


def _closing(items: list[Node], at: int) -> int:
    """Return the item that closes the brackets open in item `at`; `at` if none are or none does."""
    level = depth(items[at])
    if level <= 0:
        return at
    for end in range(at + 1, min(at + _FAR, len(items))):
        item = items[end]
        if not isinstance(item, Scalar) or item.style:
            return at
        level += depth(item)
        if level == 0:
            return end
        if level < 0:
            return at
    return at
