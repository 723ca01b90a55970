"""A YAML tree to the JSON value that pachctl makes of it, with what pachctl refuses.

pachctl reads with yaml.v3 and turns the tree into JSON itself, which knows no alias, no merge
key, no timestamp, and only plain decimal numbers (section 2.2 of the spec reference;
pachyderm: src/internal/ppsutil/decoder.go).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from bcdsl.diagnostic import Diagnostic
from bcdsl.source import Span
from bcdsl.yaml_accident.entries import DUPLICATE, MERGE
from bcdsl.yaml_accident.marks import ANCHOR_UNUSED
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence
from bcdslc.spec.json_documents import written_twice
from bcdslc.spec.unread import Unread

YAML_CONSTRUCT = "BC606"

_DECIMAL = re.compile(r"-?[1-9][0-9]*|0")
_INTEGER = re.compile(r"[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[0-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_JSON_FLOAT = re.compile(
    r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?|(\.[0-9]+)([eE][-+]?[0-9]+)?"
)
_ODD_FLOAT = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"
    r"([Tt]|[ \t]+)?([0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?)?[ \t]*(Z|[-+][0-9]{1,2}(:[0-9]{2})?)?"
)
_MOST_DIGITS = 4000


def json_value(root: Node) -> tuple[Any, tuple[Diagnostic, ...]]:
    """Return the JSON value of a tree, and what pachctl refuses in it."""
    problems: list[Diagnostic] = []
    seen: dict[int, Any] = {}

    def of(node: Node) -> Any:
        if isinstance(node, Scalar):
            return _scalar(node, problems)
        if id(node) in seen:
            problems.append(
                _refused(
                    node.span, "pachctl takes no alias", "write the value out where it is used"
                )
            )
            return seen[id(node)]
        seen[id(node)] = None
        seen[id(node)] = made = _container(node, of, problems)
        return made

    return of(root), tuple(problems)


def _container(
    node: Sequence | Mapping, of: Callable[[Node], Any], problems: list[Diagnostic]
) -> Any:
    if isinstance(node, Sequence):
        return [of(item) for item in node.items]
    found = {}
    for key, value in node.entries:
        problems.extend(_key(key))
        found[key.text] = of(value)
    return found


def as_pachctl_says(problem: Diagnostic) -> tuple[Diagnostic, ...]:
    """Return what a problem of YAML is to pachctl, which is less strict than we are."""
    if problem.code == DUPLICATE and problem.span is not None:
        return (written_twice(problem.span),)
    if problem.code == MERGE and problem.span is not None:
        return (_refused(problem.span, "pachctl takes no merge key", "write the values out"),)
    return () if problem.code == ANCHOR_UNUSED else (problem,)


def _key(key: Scalar) -> Iterator[Diagnostic]:
    if key.style:
        return
    if not isinstance(_scalar(key, []), str):
        help = f'put it in quotes: `"{key.text}"`'
        yield _refused(key.span, "pachctl takes no key that is not text", help)


def _scalar(node: Scalar, problems: list[Diagnostic]) -> Any:
    """Return the value of a scalar by YAML 1.2's core rules as yaml.v3 has them."""
    text = node.text
    if node.style:
        return text
    if node.missing or node.null:
        return None
    if text[0].isalpha():
        return {"true": True, "false": False}.get(text.lower(), text)
    if len(text) > _MOST_DIGITS:
        return text
    if _DECIMAL.fullmatch(text):
        return int(text)
    if _INTEGER.fullmatch(text):
        problems.append(_number(node))
        return Unread(text)
    if _FLOAT.fullmatch(text):
        if not _JSON_FLOAT.fullmatch(text):
            problems.append(_number(node))
            return Unread(text)
        return float(text)
    if _ODD_FLOAT.fullmatch(text):
        problems.append(_number(node))
        return Unread(text)
    if _TIME.fullmatch(text):
        help = f'put it in quotes: `"{text}"`'
        problems.append(_refused(node.span, "pachctl takes no time without quotes", help))
    return text


def _number(node: Scalar) -> Diagnostic:
    return _refused(
        node.span,
        f"pachctl cannot read the number `{node.text[:40]}`",
        "write it in plain decimal digits, or in quotes if it is text",
    )


def _refused(span: Span, message: str, help: str) -> Diagnostic:
    return Diagnostic(code=YAML_CONSTRUCT, message=message, span=span, help=help)
