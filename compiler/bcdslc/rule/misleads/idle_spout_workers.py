"""Of a spout's workers one runs the code. Part 5.10 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def idle_spout_workers(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spout with several workers."""
    workers = spec.request.parallelism_spec
    count = workers.constant if workers else None
    if spec.request.spout is not None and count is not None and count > 1:
        yield Finding(
            path=("parallelismSpec", "constant"),
            message=f"one of the {count} workers runs the spout, the others stand by",
            help="leave `parallelismSpec` out",
            repair=Replace(path=("parallelismSpec",), value=None, title="remove `parallelismSpec`"),
        )


RULE = Rule(code="BC764", kind=Kind.MISLEADS, severity=Severity.WARNING, check=idle_spout_workers)
