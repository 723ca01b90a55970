"""A trigger without a condition never fires, or at every commit; a schedule excludes the others.

Part 1.4 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_FIRST_WITH_SCHEDULE = 6  # `cronSpec` meant the rate limit before


def trigger_without_condition(spec: Spec, world: World) -> Iterator[Finding]:
    """Find triggers that fire at other times than they seem to."""
    for place in pfs_inputs(spec):
        trigger = place.pfs.trigger
        if trigger is None:
            continue
        path = (*place.path, "trigger")
        others = {
            "size": trigger.size,
            "commits": trigger.commits,
            "rateLimitSpec": trigger.rate_limit_spec,
        }
        given = [field for field, value in others.items() if value]
        if not given and not trigger.cron_spec:
            yield Finding(
                path=path,
                message="the trigger has no condition: with `all` it fires at every commit"
                if trigger.all
                else "the trigger has no condition: it never fires",
                help="give `size`, `commits`, `rateLimitSpec` or `cronSpec`",
                on_key=True,
            )
        elif trigger.cron_spec and given and world.target >= _FIRST_WITH_SCHEDULE:
            for field in given:
                yield Finding(
                    path=(*path, field),
                    message=f"`{field}` plays no part: with `cronSpec` the trigger fires on its "
                    "schedule alone",
                    help=f"drop `{field}`, or use `rateLimitSpec` in place of `cronSpec`"
                    if field != "rateLimitSpec"
                    else "drop one of the two",
                    labels=(((*path, "cronSpec"), "the schedule"),),
                    severity=Severity.WARNING,
                    on_key=True,
                )


RULE = Rule(
    code="BC755", kind=Kind.MISLEADS, severity=Severity.ERROR, check=trigger_without_condition
)
