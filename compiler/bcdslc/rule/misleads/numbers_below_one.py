"""Numbers that mean something else below one. Parts 1.2 and 5.7 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.duration import seconds
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def numbers_below_one(spec: Spec, world: World) -> Iterator[Finding]:
    """Find tries, workers and timeouts that are given and not above zero."""
    request = spec.request
    tries = request.datum_tries
    if tries is not None and tries <= 0:
        yield Finding(
            path=("datumTries",),
            message="`datumTries: 0` is three attempts"
            if tries == 0
            else f"`datumTries: {tries}` is four attempts",
            help="write `datumTries: 1` for one attempt",
        )
    workers = request.parallelism_spec
    if workers is not None and workers.constant == 0 and request.service is None:
        yield Finding(
            path=("parallelismSpec", "constant"),
            message="`constant: 0` is one worker",
            help="write the number of workers; for none while there is nothing to do "
            "`autoscaling: true`",
        )
    timeout = seconds(request.datum_timeout)
    if timeout is not None and timeout <= 0:
        yield Finding(
            path=("datumTimeout",),
            message=f"a `datumTimeout` of `{request.datum_timeout}` is no limit at all",
            help="leave `datumTimeout` out",
            repair=Replace(path=("datumTimeout",), value=None, title="remove `datumTimeout`"),
        )


RULE = Rule(code="BC758", kind=Kind.MISLEADS, severity=Severity.WARNING, check=numbers_below_one)
