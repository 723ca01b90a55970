"""Labels, annotations and node selectors follow Kubernetes' grammars.

Part 3.10-22 of the spec reference. A key is `[domain/]name`; a name or value has at most 63
letters, digits, `-`, `_` and `.`, the first and last a letter or digit. An annotation's value is
free.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_NAME = re.compile(r"[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?", re.ASCII)
_DOMAIN = re.compile(
    r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*", re.ASCII
)


def label_grammar(spec: Spec, world: World) -> Iterator[Finding]:
    """Find keys and values that Kubernetes refuses."""
    metadata, scheduling = spec.request.metadata, spec.request.scheduling_spec
    if metadata is not None:
        yield from _keys(metadata.annotations, ("metadata", "annotations"), "annotation")
        yield from _keys(metadata.labels, ("metadata", "labels"), "label")
        yield from _values(metadata.labels, ("metadata", "labels"), "label")
    if scheduling is not None:
        where = ("schedulingSpec", "nodeSelector")
        yield from _keys(scheduling.node_selector, where, "label")
        yield from _values(scheduling.node_selector, where, "label")
        priority = scheduling.priority_class_name
        if priority and not _DOMAIN.fullmatch(priority):
            yield Finding(
                path=("schedulingSpec", "priorityClassName"),
                message=f"no priority class can be named `{priority}`: the pipeline fails",
                help="use lower-case letters, digits, `-` and `.`",
            )


def _keys(entries: Mapping[str, str] | None, path: Path, what: str) -> Iterator[Finding]:
    for key in entries or ():
        domain, slash, name = key.rpartition("/")
        good_domain = _DOMAIN.fullmatch(domain) and len(domain) <= 253 if slash else True
        if not (good_domain and _NAME.fullmatch(name)):
            yield Finding(
                path=(*path, key),
                message=f"Kubernetes takes no {what} named `{key}`: the pipeline fails",
                help="at most 63 letters, digits, `-`, `_`, `.`, with a domain and `/` before "
                "them if wanted",
                on_key=True,
            )


def _values(entries: Mapping[str, str] | None, path: Path, what: str) -> Iterator[Finding]:
    for key, value in (entries or {}).items():
        if value and not _NAME.fullmatch(value):
            yield Finding(
                path=(*path, key),
                message=f"Kubernetes takes no {what} with the value `{value}`: the pipeline fails",
                help="at most 63 letters, digits, `-`, `_`, `.`, the first and last a letter or "
                "digit",
            )


RULE = Rule(code="BC718", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=label_grammar)
