"""Output through the S3 gateway is for jobs: spouts and services have none."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def s3_out_alone(spec: Spec, world: World) -> Iterator[Finding]:
    """Find `s3Out` beside a spout or a service."""
    request = spec.request
    if request.s3_out and (request.service is not None or request.spout is not None):
        kind = "service" if request.service is not None else "spout"
        yield Finding(
            path=("s3Out",),
            message=f"a {kind} cannot write its output through `s3Out`",
            help="leave `s3Out` out, and write with pachctl or the API",
            server="s3 output is not supported in spouts or services",
            labels=(((kind,), f"the {kind}"),),
            repair=Replace(path=("s3Out",), value=None, title="leave `s3Out` out"),
            on_key=True,
        )


RULE = Rule(code="BC621", kind=Kind.REFUSED, severity=Severity.ERROR, check=s3_out_alone)
