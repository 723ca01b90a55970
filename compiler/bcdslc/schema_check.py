"""Documents and specs against the JSON Schemas, as an editor or check-jsonschema sees them.

The one door to jsonschema, which is an extra of the package and slow to import.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from bcdsl.compose import compose
from bcdsl.core_value import core_value
from bcdsl.diagnostic import Diagnostic
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_tree import Mapping, Node
from bcdsl.yaml_tree import Sequence as YamlSequence
from bcdslc.schema_words import schema_words

SCHEMA_REFUSES = "BC594"
NOT_INSTALLED = "BC595"


def schema_check(source: SourceFile, schema: str) -> tuple[Diagnostic, ...]:
    """Return what a schema (its text) says of every document in a source."""
    try:
        from jsonschema import Draft7Validator
    except ImportError:
        return (
            Diagnostic(
                code=NOT_INSTALLED,
                message="the package `jsonschema` is not installed",
                span=None,
                help="install it: `pip install 'bcdsl[check]'`",
            ),
        )
    composed = compose(source)
    if composed.problems:
        return composed.problems
    validator = Draft7Validator(json.loads(schema))
    found: list[Diagnostic] = []
    for document in composed.documents:
        for error in validator.iter_errors(core_value(document)):
            found += _told(error, document)
    return tuple(found)


def _told(error: Any, document: Node) -> Iterable[Diagnostic]:
    node, span = _place(document, list(error.absolute_path))
    if error.validator == "additionalProperties" and error.validator_value is False:
        known = set(error.schema.get("properties", ()))
        patterns = error.schema.get("patternProperties", {})
        for key, _ in node.entries if isinstance(node, Mapping) else ():
            if key.text not in known and not _matches(key.text, patterns):
                yield _refused(f"`{key.text}` is no key of {_title(error)}", key.span)
    else:
        yield _refused(schema_words(error), span)


def _title(error: Any) -> str:
    title = error.schema.get("title")
    return f"`{title}`" if title else "this mapping"


def _matches(key: str, patterns: Iterable[str]) -> bool:
    import re

    return any(re.search(pattern, key) for pattern in patterns)


def _refused(message: str, span: Span) -> Diagnostic:
    return Diagnostic(code=SCHEMA_REFUSES, message=message, span=span)


def _place(node: Node, path: Sequence[str | int]) -> tuple[Node, Span]:
    """Return the node at a path, and its first line as its place."""
    for step in path:
        if isinstance(node, Mapping) and isinstance(step, str):
            node = node.get(step) or node
        elif isinstance(node, YamlSequence) and isinstance(step, int):
            node = node.items[step]
    text = node.source.text
    end = text.find("\n", node.start, node.end)
    return node, Span(node.source, node.start, node.end if end < 0 else end)
