"""A service runs once: its parallelism, if written, is exactly 1."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def service_workers(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a service with another number of workers; an empty spec counts as zero."""
    parallelism = spec.request.parallelism_spec
    if spec.request.service is not None and parallelism and parallelism.constant != 1:
        yield Finding(
            path=("parallelismSpec", "constant"),
            message="a service has exactly one worker",
            help="leave `parallelismSpec` out",
            server="services can only be run with a constant parallelism of 1",
            labels=((("service",), "the service"),),
            repair=Replace(
                path=("parallelismSpec",), value=None, title="leave `parallelismSpec` out"
            ),
        )


RULE = Rule(code="BC638", kind=Kind.REFUSED, severity=Severity.ERROR, check=service_workers)
