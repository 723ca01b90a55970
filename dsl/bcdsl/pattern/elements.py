"""What Pachyderm's cleaning of a glob would change, in a pattern.

The cleaning is of the text, brackets or not, so in a pattern it would act on names too: what it
would change is refused, but for slashes at the end, which it only takes away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Group, Node, Text

_Char: TypeAlias = tuple[str, Node, bool]  # the character, its node, and whether a name holds it


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


def unclean_names(nodes: Sequence[Node], text: str) -> Iterator[Flaw]:
    """Yield a flaw for each such element that what a name is narrowed to makes, as in `/<x:..>`."""
    parts: list[list[_Char]] = [[]]
    for char in _chars(nodes, text, False):
        parts[-1].append(char)
        if char[0] == "/":
            parts.append([char])
    for part in parts[1:]:
        element = "".join(char for char, _, _ in part).strip("/")
        if element in ("", ".", "..") and any(named for _, _, named in part):
            what = f"`{element}`" if element else "without a name"
            start = min(node.start for _, node, _ in part)
            end = max(node.end for _, node, _ in part)
            yield _flaw(start, end, f"this makes an element {what}", "no path has such an element")


def _chars(nodes: Sequence[Node], text: str, named: bool) -> Iterator[_Char]:
    """Yield what nodes stand for, character by character; `x` for what is open, or escaped."""
    for node in nodes:
        match node:
            case Text(text=plain):
                escaped = "\\" in text[node.start : node.end]
                for char in plain:
                    yield ("x" if escaped and char == "." else char), node, named
            case Group(name=str(), alternatives=(only,)):
                yield from _chars(only, text, True)
            case _:
                yield "x", node, named


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
