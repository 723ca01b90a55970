"""`podSpec` is deprecated in favour of `podPatch`. Part 1.2 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def deprecated_pod_spec(spec: Spec, world: World) -> Iterator[Finding]:
    """Find `podSpec`."""
    if spec.request.pod_spec:
        yield Finding(
            path=("podSpec",),
            message="`podSpec` is deprecated",
            help="write the change as operations in `podPatch`",
            on_key=True,
        )


RULE = Rule(code="BC791", kind=Kind.STYLE, severity=Severity.NOTE, check=deprecated_pod_spec)
