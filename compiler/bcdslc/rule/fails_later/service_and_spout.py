"""A pipeline is a service or a spout, not both. Part 3.10-5 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def service_and_spout(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec that sets both."""
    if spec.request.service is not None and spec.request.spout is not None:
        yield Finding(
            path=("spout",),
            message="the pipeline is a `service` and a `spout`: Pachyderm starts neither",
            help="for a spout that listens, write `spout: {service: …}`; else drop one of the two",
            labels=((("service",), "the service"),),
            on_key=True,
        )


RULE = Rule(code="BC703", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=service_and_spout)
