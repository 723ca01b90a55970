"""A datum cannot take longer than its job. Part 1.2 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.duration import seconds
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def datum_outlives_job(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a datum timeout that is not below the job's."""
    datum, job = seconds(spec.request.datum_timeout), seconds(spec.request.job_timeout)
    if datum is not None and job is not None and datum >= job > 0:
        yield Finding(
            path=("datumTimeout",),
            message=f"`datumTimeout` plays no part: the job is killed after "
            f"`{spec.request.job_timeout}`",
            help="set it below `jobTimeout`, or leave it out",
            labels=((("jobTimeout",), "for all datums together"),),
        )


RULE = Rule(code="BC780", kind=Kind.IGNORED, severity=Severity.WARNING, check=datum_outlives_job)
