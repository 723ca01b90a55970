"""A YAML tree as a JSON value by YAML 1.2's core schema, as editors read it.

Only for comparing with a JSON Schema: the language itself takes types from its own table.
"""

from __future__ import annotations

import re
from typing import Any

from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_OTHER_BASE = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_LONGEST = 4000  # digits; Python refuses to read longer numbers


def core_value(node: Node) -> Any:
    """Return the JSON value of a tree; the depth of a tree is bounded where it is made."""
    if isinstance(node, Sequence):
        return [core_value(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key.text: core_value(value) for key, value in node.entries}
    return _scalar(node)


def _scalar(node: Scalar) -> Any:
    text = node.text
    if node.style or len(text) > _LONGEST:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text[2:], 8 if text[1] == "o" else 16)
    return float(text) if _FLOAT.fullmatch(text) else text
