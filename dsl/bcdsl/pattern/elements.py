"""What Pachyderm's cleaning of a glob would change, in a pattern.

The cleaning is of the text, brackets or not, so in a pattern it would act on names too: what it
would change is refused, but for slashes at the end, which it only takes away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Node, Text


def unclean_elements(text: str) -> Iterator[Flaw]:
    """Yield a flaw for each empty, `.` or `..` element of a pattern's text."""
    end = len(_unslashed(text))
    at = 1
    for element in text[1:end].split("/"):
        if element == "" and end > 1:
            yield _flaw(at - 1, at + 1, "two slashes stand together", "write one")
        elif element == ".":
            yield _flaw(at, at + 1, "an element is `.`", "take it out")
        elif element == "..":
            yield _flaw(at, at + 2, "an element is `..`", "write the path without it")
        at += len(element) + 1


def without_final_slash(nodes: Sequence[Node], text: str) -> list[Node]:
    """Return the nodes without the slashes at the end, which select nothing."""
    extra = len(text) - len(_unslashed(text))
    last = nodes[-1] if nodes else None
    if not extra or not isinstance(last, Text):
        return list(nodes)
    rest = last.text[:-extra]
    kept = list(nodes[:-1])
    if rest:
        kept.append(Text(text=rest, start=last.start, end=last.end - extra))
    return kept


def _unslashed(text: str) -> str:
    stripped = text.rstrip("/")
    if not stripped:
        return text[:1]
    return text if stripped.endswith("\\") else stripped


def _flaw(start: int, end: int, message: str, help: str) -> Flaw:
    return Flaw(code="BC412", message=message, start=start, end=end, help=help)
