"""A spec names its pipeline: without the object `pipeline` there is nothing to create."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_pipeline(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec without `pipeline`."""
    if spec.request.pipeline is None:
        yield Finding(
            path=("pipeline",),
            message="the spec names no pipeline",
            help='write `"pipeline": {"name": "…"}`',
            server="request.Pipeline cannot be nil",
            on_key=True,
        )


RULE = Rule(code="BC610", kind=Kind.REFUSED, severity=Severity.ERROR, check=no_pipeline)
