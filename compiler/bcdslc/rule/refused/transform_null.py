"""A null for `transform` takes away even the default image."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def transform_null(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a transform that is null; one that is absent gets the default image."""
    if ("transform",) in spec.nulls:
        yield Finding(
            path=("transform",),
            message="`transform` may not be null",
            help="write what runs: `image` and `cmd`",
            server="pipeline must specify a transform",
        )


RULE = Rule(code="BC622", kind=Kind.REFUSED, severity=Severity.ERROR, check=transform_null)
