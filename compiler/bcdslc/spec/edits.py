"""A changed field as edits of the text it stands in; comments and spelling stay.

Only the value's own text is replaced. A field that is taken out takes its line, or its
comma, with it; where a comment would have to go too, there are no edits.
"""

from __future__ import annotations

import json
import re

from bcdsl.diagnostic import Edit
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence
from bcdslc.spec.line_break import line_break
from bcdslc.spec.origin import Origins, Path
from bcdslc.spec.places import FilePlaces, Place
from bcdslc.spec.repair import Rename, Repair
from bcdslc.spec.spelling import snake_of

_PLAIN = re.compile(r"[A-Za-z_/$][A-Za-z0-9_./$:+-]*(?<!:)")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'", re.DOTALL)
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def repair_edits(origins: Origins, repair: Repair) -> tuple[Edit, ...]:
    """Return the edits that carry a repair out; empty if nothing is safe."""
    if isinstance(repair, Rename):
        return _rename(origins, repair.path, repair.name)
    return edits(origins, repair.path, repair.value)


def _rename(origins: Origins, path: Path, name: str) -> tuple[Edit, ...]:
    place = origins.find(path) if isinstance(origins, FilePlaces) else None
    if place is None or place.key is None or place.key.style not in ('"', "'", ""):
        return ()
    quote = place.key.style
    return (Edit(place.key.span, f"{quote}{name}{quote}"),)


def edits(origins: Origins, path: Path, value: object) -> tuple[Edit, ...]:
    """Return the edits that give the field at `path` a JSON value (None: remove the field).

    Empty if the spec has no text, or if the text is laid out so that nothing is safe.
    """
    if not isinstance(origins, FilePlaces) or not path:
        return ()
    place = origins.find(path)
    if value is None:
        return _remove(place) if place else ()
    if place is None:
        return _add(origins, path, value)
    node = place.node
    text = _text(value, node)
    if isinstance(node, Scalar) and node.missing and node.source.text[node.start - 1] == ":":
        text = " " + text
    if isinstance(node, (Sequence, Mapping)) and not node.flow and place.key is not None:
        return _on_key_line(place.key, node, text)
    return (Edit(node.span, text),)


def _on_key_line(key: Scalar, old: Sequence | Mapping, text: str) -> tuple[Edit, ...]:
    """Write a value behind its key in place of a block, which may stand no deeper than the key."""
    start = old.source.text.index(":", key.end) + 1
    replaced = Span(old.source, start, old.end)
    return () if "#" in replaced.text else (Edit(replaced, " " + text),)


def _text(value: object, old: Node | None) -> str:
    """Return a value as text, in the quotes that the old one has."""
    if isinstance(value, str) and isinstance(old, Scalar) and old.style != '"':
        if old.style == "'" and "'" not in value and "\n" not in value:
            return f"'{value}'"
        yaml = old.style == "" and not (_in_flow(old))
        if yaml and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
            return value
    return _json(value)


def _json(value: object) -> str:
    """Return a JSON value as text that JSON and YAML read alike: odd letters are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() or c > "\uffff" else f"\\u{ord(c):04x}" for c in text])


def _in_flow(node: Scalar) -> bool:
    """Whether a plain scalar may stand in JSON, where a bare word is no value."""
    return node.source.text.lstrip()[:1] in ("{", "[")


def _remove(place: Place) -> tuple[Edit, ...]:
    parent = place.parent
    if parent is None:
        return ()
    if _count(parent) == 1:
        empty = "{}" if isinstance(parent, Mapping) else "[]"
        return _without_comment(Edit(parent.span, empty))
    if not parent.flow:
        return _remove_lines(place, parent)
    start, end = _extent(parent, place.number)
    if place.number + 1 < _count(parent):
        span = Span(parent.source, start, _extent(parent, place.number + 1)[0])
    else:
        span = Span(parent.source, _extent(parent, place.number - 1)[1], end)
    return _without_comment(Edit(span, ""))


def _remove_lines(place: Place, parent: Mapping | Sequence) -> tuple[Edit, ...]:
    """Take the lines of a block entry out; one that shares its line with others stays."""
    source = parent.source
    start, end = _extent(parent, place.number)
    line = source.text.rfind("\n", 0, start) + 1
    before = source.text[line:start].strip()
    if before == ("" if isinstance(parent, Mapping) else "-"):
        return (Edit(Span(source, line, _line_end(source, end)), ""),)
    if place.number + 1 < _count(parent) and before in ("-", "- -"):
        after = _extent(parent, place.number + 1)[0]
        return _without_comment(Edit(Span(source, start, after), ""))
    return ()


def _line_end(source: SourceFile, end: int) -> int:
    if source.text[end - 1] == "\n":
        return end
    found = source.text.find("\n", end)
    return len(source.text) if found < 0 else found + 1


def _without_comment(edit: Edit) -> tuple[Edit, ...]:
    return () if "#" in _QUOTED.sub("", edit.span.text) else (edit,)


def _count(parent: Mapping | Sequence) -> int:
    return len(parent.entries) if isinstance(parent, Mapping) else len(parent.items)


def _extent(parent: Mapping | Sequence, number: int) -> tuple[int, int]:
    if isinstance(parent, Mapping):
        key, value = parent.entries[number]
        return key.start, max(value.end, key.end)
    return parent.items[number].start, parent.items[number].end


def _add(origins: FilePlaces, path: Path, value: object) -> tuple[Edit, ...]:
    """Write a field that is not there, with whatever is missing around it."""
    if not isinstance(path[-1], str):
        return ()
    holder = origins.find(path[:-1])
    if holder is None:
        return _add(origins, path[:-1], {_spelled(origins, path[-1]): value}) if path[:-1] else ()
    node = holder.node
    if not isinstance(node, Mapping):
        return ()
    key = _spelled(origins, path[-1])
    if not node.entries:
        return (Edit(node.span, _json({key: value})),)
    first, last = node.entries[0][0], node.entries[-1]
    end = max(last[1].end, last[0].end)
    text, new = node.source.text, line_break(node.source)
    indent = first.start - text.rfind("\n", 0, first.start) - 1
    if not node.flow:
        written = f"{key}: {_json(value)}"
        if text[end - 1] == "\n":  # a block scalar ends with its line
            return (Edit(Span(node.source, end, end), " " * indent + written + new),)
        end = _line_end(node.source, end)
        lead = "" if text[end - 1] == "\n" else new
        return (Edit(Span(node.source, end, end), lead + " " * indent + written + new),)
    written = f"{json.dumps(key)}: {_json(value)}"
    alone = text[first.start - indent : first.start].strip() == ""
    gap = new + text[first.start - indent : first.start] if alone and indent else " "
    return (Edit(Span(node.source, end, end), f",{gap}{written}"),)


def _spelled(origins: FilePlaces, key: str) -> str:
    """Return a field's name in the spelling that the spec uses."""
    snake = snake_of(key)
    if snake == key:
        return key
    return snake if _writes_snake(origins.root) else key


def _writes_snake(root: Node) -> bool:
    todo = [root]
    while todo:
        node = todo.pop()
        if isinstance(node, Mapping):
            for key, value in node.entries:
                if "_" in key.text and snake_of(key.text) == key.text and key.text.islower():
                    return True
                if key.text not in ("env", "labels", "annotations", "nodeSelector"):
                    todo.append(value)
        elif isinstance(node, Sequence):
            todo.extend(node.items)
    return False
