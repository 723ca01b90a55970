"""A memory or disk size that Kubernetes cannot read is logged and dropped, and runs unlimited.

Parts 1.5 and 3.10-4 of the spec reference (pachyderm: src/internal/ppsutil/util.go).
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.values.quantity import meant_quantity
from bcdslc.rule.quantity import quantity
from bcdslc.rule.resources import sizes
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def dropped_quantity(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each size that is dropped without a word."""
    for path, text in sizes(spec):
        if quantity(text) is None:
            meant = meant_quantity(text)
            yield Finding(
                path=path,
                message=f"Pachyderm drops the size `{text}` without a word: nothing is set",
                help=f"write `{meant}`"
                if meant
                else "write a number and one of `k M G T`, `Ki Mi Gi Ti`",
                repair=Replace(path=path, value=meant, title=f"write `{meant}`") if meant else None,
            )


RULE = Rule(code="BC740", kind=Kind.MISLEADS, severity=Severity.ERROR, check=dropped_quantity)
