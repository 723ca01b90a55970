"""A JSON value as YAML that every reader takes for the same value.

Only what is a text in YAML 1.1 and 1.2 alike stands plain; there are no anchors, timestamps or
odd numbers, which pachctl refuses (spec reference, 2.2). Texts of several lines are blocks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Json: TypeAlias = Any

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./@+-]*(?: [A-Za-z0-9_./@+-]+)*", re.ASCII)
_NOT_TEXT = frozenset(["true", "false", "yes", "no", "on", "off", "null", "y", "n"])
_BLOCK = re.compile(r"(?![\n\t ])[^\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u2028\u2029\ufffe\uffff]*")
_UNPRINTED = re.compile(r"[\x7f-\x9f\ufeff\u2028\u2029\ufffe\uffff]")


def yaml_text(value: Json) -> str:
    """Return a value as one YAML document, with a final line end."""
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Json) -> Iterator[str]:
    match value:
        case dict() if value:
            for key, member in value.items():
                yield from _entry(f"{_text(key)}:", member)
        case list() if value:
            for member in value:
                first, *rest = _lines(member) if _nested(member) else _entry("-", member)
                yield f"- {first}" if _nested(member) else first
                yield from (f"  {line}" if _nested(member) and line else line for line in rest)
        case _:
            yield _scalar(value)


def _nested(value: Json) -> bool:
    return isinstance(value, dict | list) and bool(value)


def _entry(head: str, value: Json) -> Iterator[str]:
    """Yield the lines of a value that stands after a key or a dash."""
    if isinstance(value, dict) and value:
        yield head
        yield from (f"  {line}" if line else line for line in _lines(value))
    elif isinstance(value, list) and value:
        yield head
        yield from _lines(value)
    elif isinstance(value, str) and _is_block(value):
        yield f"{head} |" if value.endswith("\n") else f"{head} |-"
        yield from (f"  {line}" if line else line for line in value.rstrip("\n").split("\n"))
    else:
        yield f"{head} {_scalar(value)}"


def _is_block(text: str) -> bool:
    """Tell whether a text is read back from a literal block as it was."""
    return (
        "\n" in text.rstrip("\n")
        and not text.endswith("\n\n")
        and _BLOCK.fullmatch(text) is not None
    )


def _scalar(value: Json) -> str:
    if isinstance(value, str):
        return _text(value)
    return json.dumps(value)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTED.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)
