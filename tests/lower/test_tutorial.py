"""The example compiles to the tutorial's specs, field by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bcdsl.analyze import Options
from bcdslc.compile import compile_file
from bcdslc.spec.decode import decode
from bcdslc.spec.write import to_json

Json: TypeAlias = Any

EXAMPLES = {
    "pipeline.bc.yaml": (
        "crop",
        "extract_centers",
        "generate_heatmaps",
        "classify",
        "visualize_heatmaps",
    ),
    "single_stage.bc.yaml": ("bc_classification", "bc_classification_cpu"),
}


def stored(spec: Json) -> Json:
    """Return a spec as the server stores it (spec reference, 2.7 and 2.8), without its salt."""
    decoded, problems = decode(spec)
    assert decoded is not None
    assert not problems
    found = {
        "outputBranch": "master",
        "datumTries": 3,
        "reprocessSpec": "until_success",
        **to_json(decoded.request),
    }
    project = found["pipeline"].setdefault("project", {"name": "default"})["name"]
    _store_input(found["input"], project)
    _drop_false(found)
    return found


def _store_input(value: Json, project: str) -> None:
    """Sort by the names as written, then fill in defaults."""
    for kind, inner in value.items():
        if kind == "pfs":
            inner.setdefault("project", project)
            inner.setdefault("branch", "master")
            inner["_sorted_as"] = inner.get("name", "")
            inner.setdefault("name", inner["repo"])
        else:
            for part in inner:
                _store_input(part, project)
            inner.sort(key=_sorted_as)


def _sorted_as(value: Json) -> str:
    ((kind, inner),) = value.items()
    if kind == "pfs":
        return str(inner["_sorted_as"])
    return _sorted_as(inner[0]) if isinstance(inner, list) else ""


def _drop_false(value: Json) -> None:
    if isinstance(value, dict):
        value.pop("_sorted_as", None)
        for key in [key for key, member in value.items() if member is False]:
            del value[key]
    members = value.values() if isinstance(value, dict) else value
    for member in members if isinstance(value, dict | list) else ():
        _drop_false(member)


@pytest.mark.parametrize(
    ("document", "stage"),
    [(document, stage) for document, stages in EXAMPLES.items() for stage in stages],
)
def test_equals_the_tutorial(root: Path, shared: Path, document: str, stage: str) -> None:
    """A compiled stage is stored as the spec that the tutorial's authors wrote by hand."""
    compiled = compile_file(str(root / "examples" / "breast_cancer" / document), Options())
    (spec,) = (spec for spec in compiled.specs if spec.name == stage)
    by_hand = json.loads((shared / "conformance" / "tutorial" / f"{stage}.json").read_text())

    assert stored(to_json(spec.request)) == stored(by_hand)


@pytest.mark.parametrize("document", EXAMPLES)
def test_stages_are_the_tutorials(root: Path, document: str) -> None:
    """The examples have the tutorial's stages and no others, and nothing to complain of."""
    compiled = compile_file(str(root / "examples" / "breast_cancer" / document), Options())
    assert compiled.problems == ()
    assert {spec.name for spec in compiled.specs} == set(EXAMPLES[document])


def test_is_short(root: Path) -> None:
    """The five stages take at most 45 lines, `local` not counted."""
    text = (root / "examples" / "breast_cancer" / "pipeline.bc.yaml").read_text()
    lines = text.split("\nlocal:")[0].splitlines()
    assert len(lines) <= 45
