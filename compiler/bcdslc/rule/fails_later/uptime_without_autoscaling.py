"""`maximumExpectedUptime` is for pipelines that scale down. Part 3.10-6 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.duration import seconds
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def uptime_without_autoscaling(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an expected uptime above zero on a pipeline that is always up."""
    uptime = seconds(spec.request.maximum_expected_uptime)
    if uptime is not None and uptime > 0 and not spec.request.autoscaling:
        yield Finding(
            path=("maximumExpectedUptime",),
            message="`maximumExpectedUptime` without `autoscaling`: the pipeline fails at once",
            help="set `autoscaling: true`, or leave `maximumExpectedUptime` out",
            repair=Replace(path=("autoscaling",), value=True, title="set `autoscaling: true`"),
            on_key=True,
        )


RULE = Rule(
    code="BC704", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=uptime_without_autoscaling
)
