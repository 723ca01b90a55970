"""JSON as a tree with places: what is read only when there is something to say of a spec."""

from __future__ import annotations

import json
import re

from bcdsl.source import SourceFile
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

_TOKEN = re.compile(r'\s*("(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+)', re.DOTALL)
_UNESCAPED = json.JSONDecoder(strict=False).decode


class _Open:
    """A container whose end has not been reached."""

    __slots__ = ("entries", "items", "key", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.key: Scalar | None = None

    def close(self, source: SourceFile, end: int) -> Node:
        if source.text[self.start] == "{":
            return Mapping(tuple(self.entries), True, source, self.start, end)
        return Sequence(tuple(self.items), True, source, self.start, end)

    def take(self, node: Node) -> None:
        if self.key is not None:
            self.entries.append((self.key, node))
            self.key = None
        elif isinstance(node, Scalar) and node.source.text[self.start] == "{":
            self.key = node
        else:
            self.items.append(node)


def json_node(source: SourceFile, start: int) -> Node:
    """Return the tree of the JSON value that begins at an offset of a text.

    The text was read as JSON before, so nothing is checked; a key written twice stands twice.
    """
    stack: list[_Open] = []
    at = start
    while found := _TOKEN.match(source.text, at):
        at = found.end()
        token, begin = found[1], found.start(1)
        if token in ("{", "["):
            stack.append(_Open(begin))
            continue
        if token in (",", ":"):
            continue
        if token in ("}", "]"):
            node: Node = stack.pop().close(source, at)
        elif token[0] == '"':
            text = _UNESCAPED(token) if "\\" in token else token[1:-1]
            node = Scalar(text, '"', source, begin, at)
        else:
            node = Scalar(token, "", source, begin, at)
        if not stack:
            return node
        stack[-1].take(node)
    return Scalar("", "", source, start, start)
