"""A `jobTimeout` of nothing kills each job at once. Part 3.10-25 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.duration import seconds
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def no_time_for_jobs(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a job timeout that is not above zero."""
    timeout = seconds(spec.request.job_timeout)
    if timeout is not None and timeout <= 0:
        yield Finding(
            path=("jobTimeout",),
            message=f"a `jobTimeout` of `{spec.request.job_timeout}` kills each job as it starts",
            help="leave `jobTimeout` out for no limit",
            repair=Replace(path=("jobTimeout",), value=None, title="remove `jobTimeout`"),
        )


RULE = Rule(code="BC705", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=no_time_for_jobs)
