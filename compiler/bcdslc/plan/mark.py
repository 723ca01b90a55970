"""The annotations that `apply` adds: whose a pipeline is, and that it is to be started."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bcdslc.cluster.unstarted import START

OWNER = "bcdsl.dag"  # <project>/<dag>: the document that a pipeline belongs to
MARKS = (OWNER, START)
NOT_OURS = "BC823"  # what is said of a pipeline with another mark, or none


def owner(project: str, dag: str | None) -> str | None:
    """Return the mark of a document; one without a name has none."""
    return None if dag is None else f"{project}/{dag}"


def marked(spec: dict[str, Any], owner: str | None, *, start: bool = False) -> dict[str, Any]:
    """Return a spec as it is sent: with its document's mark, if that has one, and `start`'s."""
    given = {} if owner is None else {OWNER: owner}
    if start:
        given[START] = "due"
    if not given:
        return spec
    metadata = dict(spec.get("metadata") or {})
    metadata["annotations"] = {**(metadata.get("annotations") or {}), **given}
    return {**spec, "metadata": metadata}


def without_marks(spec: dict[str, Any]) -> None:
    """Take the marks out of a spec: alone they are never a difference."""
    metadata: Mapping[str, Any] = spec.get("metadata", {})
    annotations = metadata.get("annotations", {})
    if not any(key in annotations for key in MARKS):
        return
    kept = {key: text for key, text in annotations.items() if key not in MARKS}
    rest = {key: each for key, each in metadata.items() if key != "annotations"}
    if kept:
        rest["annotations"] = kept
    spec["metadata"] = rest
    if not rest:
        del spec["metadata"]
