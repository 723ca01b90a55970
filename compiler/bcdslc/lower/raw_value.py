"""The YAML under `spec:` as a JSON value: fields folded to one spelling, scalars by the schema.

A scalar is what its field holds, never what YAML would make of it: `user: 0777` is a text.
What does not fit its field stays a text, which the reader of specs then reports.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeAlias

from bcdsl.form import Raw
from bcdsl.overlay import overlay
from bcdsl.source import Span
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence
from bcdslc.spec import message as messages
from bcdslc.spec.field import Field, Kind, Shape, fields_of
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.origin import Path

Json: TypeAlias = Any

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?", re.ASCII)


def raw_value(node: Mapping) -> tuple[dict[str, Json], dict[Path, Span]]:
    """Return the JSON value of raw fields, and the place of each of them."""
    places: dict[Path, Span] = {}
    return _message(node, CreatePipelineRequest, (), places), places


def _message(node: Mapping, cls: type, path: Path, places: dict[Path, Span]) -> dict[str, Json]:
    """Return an object; a field written in both spellings at once keeps the second as `snake`."""
    known = {spelling: item for item in fields_of(cls) for spelling in (item.snake, item.camel)}
    found: dict[str, Json] = {}
    for key, value in _laid(node, known):
        item = known.get(key.text)
        name = item.camel if item else key.text
        if item is not None and name in found:
            name = item.snake
        where = (*path, name)
        places[where] = key.span if item is None else value.span
        found[name] = _field(value, item, where, places)
    return found


def _laid(node: Mapping, known: dict[str, Field]) -> tuple[tuple[Scalar, Node], ...]:
    """Return the entries, with a field that an overlay spells otherwise laid over the one below.

    An overlay knows nothing of spellings: it leaves both, and what it wrote stands within it.
    """
    names = [known[key.text].camel for key, _ in node.entries if key.text in known]
    if len(set(names)) == len(names):
        return node.entries
    entries: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.entries:
        item = known.get(key.text)
        name = item.camel if item else key.text
        below = entries.get(name)
        if item is None or below is None:
            entries.setdefault(key.text if item is None else name, (key, value))
        elif _within(below[0], node) and _within(key, node):
            entries[item.snake] = (key, value)
        else:
            entries[name] = (key, overlay(below[1], value, Raw()))
    return tuple(entries.values())


def _within(key: Scalar, node: Mapping) -> bool:
    return key.source is node.source and node.start <= key.start < node.end


def _field(node: Node, item: Field | None, path: Path, places: dict[Path, Span]) -> Json:
    if item is None:
        return _plain(node, lambda value, _: _scalar(value, None), path, places)
    if item.kind is Kind.MESSAGE:
        cls = getattr(messages, item.message or "")

        def nested(value: Node, where: Path) -> Json:
            if isinstance(value, Mapping):
                return _message(value, cls, where, places)
            return _plain(value, lambda scalar, _: _scalar(scalar, None), where, places)

        if item.shape is Shape.ONE:
            return nested(node, path)
        return _plain(node, nested, path, places, depth=1)
    return _plain(node, lambda value, _: _scalar(value, item), path, places)


def _plain(
    node: Node,
    member: Callable[[Node, Path], Json],
    path: Path,
    places: dict[Path, Span],
    depth: int = -1,
) -> Json:
    """Return lists and mappings with each member read by `member`, down to a depth."""
    if depth == 0:
        return member(node, path)
    match node:
        case Scalar():
            return _scalar(node, None) if depth > 0 else member(node, path)
        case Sequence():
            found = []
            for index, value in enumerate(node.items):
                where: Path = (*path, index)
                places[where] = value.span
                found.append(_plain(value, member, where, places, depth - 1))
            return found
        case Mapping():
            table = {}
            for key, value in node.entries:
                where = (*path, key.text)
                places[where] = value.span
                table[key.text] = _plain(value, member, where, places, depth - 1)
            return table


def _scalar(node: Node, item: Field | None) -> Json:
    assert isinstance(node, Scalar)
    if node.null:
        return None
    text = node.text
    if item is None or node.style != "":
        return text
    match item.kind:
        case Kind.BOOL:
            return {"true": True, "false": False}.get(text.lower(), text)
        case Kind.INT32 | Kind.INT64 | Kind.UINT64 | Kind.ENUM:
            return int(text) if _INTEGER.fullmatch(text) and len(text) < 25 else text
        case Kind.FLOAT:
            if not _NUMBER.fullmatch(text) or len(text) > 40:
                return text
            return int(text) if _INTEGER.fullmatch(text) else float(text)
        case _:
            return text
