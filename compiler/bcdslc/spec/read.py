"""A file of pipeline specs to typed specs, as pachctl would read it.

JSON takes the fast road: the standard library's reader, and places only when one is asked
for. Everything else is YAML (sections 2.1 to 2.4 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_tree import Node, Sequence
from bcdslc.spec.decode import NEWEST, decode
from bcdslc.spec.json_documents import UNREADABLE, json_documents
from bcdslc.spec.json_nodes import json_node
from bcdslc.spec.places import FilePlaces
from bcdslc.spec.problem import problem
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec
from bcdslc.spec.yaml_value import as_pachctl_says, json_value

NO_OBJECT = "BC607"
STRIPS_SCHEMA = 8  # pachctl from 2.8 on


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecsRead:
    """What a file holds. `foreign` if nothing in it looks like a pipeline spec."""

    specs: tuple[Spec, ...]
    problems: tuple[Diagnostic, ...]
    foreign: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """A document's JSON value and how to find its tree."""

    value: Any
    tree: Callable[[], Node]


def read_specs(source: SourceFile, target: int = NEWEST) -> SpecsRead:
    """Return the specs of a file and what prevents pachctl or the server from reading them.

    `target` is their minor version.
    """
    documents, problems = _documents(source)
    specs: list[Spec] = []
    foreign = True
    schema = target >= STRIPS_SCHEMA and "$schema" in source.text
    for document in documents:
        for value, tree in _members(document):
            foreign = foreign and not _looks_like_a_spec(value)
            spec, more = _spec(_without_schema(value) if schema else value, tree, target)
            problems.extend(more)
            if spec is not None:
                specs.append(spec)
        if document.value == []:
            problems.append(_unreadable(source, "pachctl crashes on an empty list of specs"))
    return SpecsRead(specs=tuple(specs), problems=tuple(problems), foreign=foreign)


def _looks_like_a_spec(value: Any) -> bool:
    """Whether a value was meant as a spec, which other people's JSON and YAML is not."""
    if not isinstance(value, dict):
        return False
    if "pipeline" in value:
        return not isinstance(value["pipeline"], list)
    return "transform" in value and any(key in value for key in ("input", "inputs", "spout"))


def _documents(source: SourceFile) -> tuple[list[_Document], list[Diagnostic]]:
    text = source.text
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        found, problems = json_documents(source)
        if found is not None:
            documents = [
                _Document(value=value, tree=partial(json_node, source, start))
                for value, start in found
            ]
            return documents, problems
        if source.name.endswith(".json"):
            documents, more = _yaml_documents(source)
            return (documents, more) if not more else ([], problems)
    return _yaml_documents(source)


def _yaml_documents(source: SourceFile) -> tuple[list[_Document], list[Diagnostic]]:
    from bcdsl.compose import compose

    composed = compose(source)
    problems = [said for each in composed.problems for said in as_pachctl_says(each)]
    documents = []
    for node in composed.documents:
        value, more = json_value(node)
        problems.extend(more)
        documents.append(_Document(value=value, tree=partial(_same, node)))
    return documents, problems


def _same(node: Node) -> Node:
    return node


def _members(document: _Document) -> list[tuple[Any, Callable[[], Node]]]:
    """Return the specs of a document: the document itself, or the members of its list."""
    if not isinstance(document.value, list):
        return [(document.value, document.tree)]
    return [
        (value, partial(_member, document.tree, number))
        for number, value in enumerate(document.value)
    ]


def _member(tree: Callable[[], Node], number: int) -> Node:
    root = tree()
    return root.items[number] if isinstance(root, Sequence) else root


def _spec(
    value: Any, tree: Callable[[], Node], target: int
) -> tuple[Spec | None, list[Diagnostic]]:
    places = FilePlaces(tree)
    if not isinstance(value, dict):
        message = "a pipeline spec is a mapping, or a list of them"
        return None, [Diagnostic(code=UNREADABLE, message=message, span=places.at(()))]
    spec, problems = decode(value, places, target)
    found = list(problems)
    pipeline = value.get("pipeline")
    if isinstance(pipeline, dict) and "project" in pipeline and pipeline["project"] is None:
        found.append(_null_project(places, spec.name if spec else ""))
    return spec, found


def _null_project(places: FilePlaces, name: str) -> Diagnostic:
    path = ("pipeline", "project")
    return problem(
        places,
        name,
        code=NO_OBJECT,
        severity=Severity.ERROR,
        path=path,
        message="pachctl takes no null for `pipeline.project`",
        help="leave it out for the context's project, or name one",
        repair=Replace(path=path, value=None, title="leave `project` out"),
    )


def _without_schema(value: Any) -> Any:
    """Return a value without `$schema`, which pachctl takes out of every mapping (2.8+)."""
    if isinstance(value, dict):
        if "$schema" in value or any(isinstance(member, (dict, list)) for member in value.values()):
            return {k: _without_schema(v) for k, v in value.items() if k != "$schema"}
    elif isinstance(value, list):
        return [_without_schema(member) for member in value]
    return value


def _unreadable(source: SourceFile, message: str) -> Diagnostic:
    return Diagnostic(code=UNREADABLE, message=message, span=Span(source, 0, 1))
