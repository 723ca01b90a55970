"""Defaults laid under a spec, as the server does it (section 2.7 of the spec reference).

pachyderm: src/server/pps/server/defaults.go. Built-in defaults, then the cluster's, then the
project's, then the spec, each laid over the one before by a JSON merge patch (RFC 7396).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bcdslc.spec.decode import decode
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec
from bcdslc.spec.write import to_json

BUILT_IN: Mapping[str, Any] = {
    "transform": {"image": "ubuntu:20.04"},
    "outputBranch": "master",
    "datumTries": 3,
    "reprocessSpec": "until_success",
}


def effective(spec: Spec, project: str, *defaults: str) -> dict[str, Any]:
    """Return what the server makes of a spec: the defaults' texts lie under it, in that order."""
    merged: dict[str, Any] = patched({}, BUILT_IN)
    for text in defaults:
        merged = patched(merged, defaults_of(text))
    whole: dict[str, Any] = patched(merged, submitted(spec, project))
    return whole


def submitted(spec: Spec, project: str) -> dict[str, Any]:
    """Return a spec as it is sent: its own value in its project, and the nulls it was given."""
    value = with_nulls(to_json(spec.request), spec.nulls)
    given = value.get("pipeline") or {}
    return value | {"pipeline": {"project": given.get("project") or {"name": project}} | given}


def defaults_of(text: str) -> dict[str, Any]:
    """Return the canonical value of a document `{"createPipelineRequest": …}`; {} for none."""
    try:
        document = json.loads(text) if text.strip() else {}
    except ValueError:
        return {}
    found = document.get("createPipelineRequest") or document.get("create_pipeline_request")
    spec, _ = decode(found or {})
    return {} if spec is None else with_nulls(to_json(spec.request), spec.nulls)


def with_nulls(value: dict[str, Any], nulls: frozenset[Path]) -> dict[str, Any]:
    """Return a message's value with the nulls that were written in it."""
    for path in nulls:
        at: Any = value
        for step in path[:-1]:
            if isinstance(at, list):
                at = at[int(step)] if int(step) < len(at) else None
            elif isinstance(at, dict):
                at = at.setdefault(step, {})
        if isinstance(at, dict):
            at[path[-1]] = None
    return value


def patched(target: Any, patch: Any) -> Any:
    """Return a value with a merge patch applied: a null removes, all but objects replaces."""
    if not isinstance(patch, Mapping):
        return patch
    result = dict(target) if isinstance(target, Mapping) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = patched(result.get(key), value)
    return result
