"""Specs for tests, from short texts: a change laid over a spec that is fine."""

from __future__ import annotations

from typing import Any

from bcdslc.rule.rule import Finding
from bcdslc.spec.decode import decode
from bcdslc.spec.spec import Spec

FINE: dict[str, Any] = {
    "pipeline": {"name": "count"},
    "transform": {"image": "example/count:1.0", "cmd": ["python3", "/count.py"]},
    "input": {"pfs": {"repo": "images", "glob": "/*"}},
}


def laid_over(value: Any, change: Any) -> Any:
    """Return a JSON value with a merge patch applied (RFC 7396)."""
    if not isinstance(change, dict):
        return change
    result = dict(value) if isinstance(value, dict) else {}
    for key, new in change.items():
        if new is None:
            result.pop(key, None)
        else:
            result[key] = laid_over(result.get(key), new)
    return result


def spec_of(value: object) -> Spec:
    """Return the spec that a JSON value is; it must be one."""
    spec, problems = decode(value)
    assert spec is not None
    assert problems == (), problems
    return spec


def fine_but(change: object) -> Spec:
    """Return the spec that is fine, with a change."""
    return spec_of(laid_over(FINE, change))


def place(finding: Finding) -> str:
    """Return a finding's path as the cases write it."""
    return ".".join(str(step) for step in finding.path)
