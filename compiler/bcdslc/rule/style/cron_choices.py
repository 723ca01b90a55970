"""A cron without `start` begins anew at each update. Parts 2.8 and 4.3 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_choices(spec: Spec, world: World) -> Iterator[Finding]:
    """Find schedules whose ticks depend on when the pipeline was last updated."""
    for place in cron_inputs(spec):
        text = place.cron.spec or ""
        if text.startswith("@every") and not place.cron.start:
            yield Finding(
                path=(*place.path, "spec"),
                message=f"`{text}` counts from the last update of the pipeline",
                help="set `start`, or tick by the clock, `0 * * * *` say",
            )


RULE = Rule(code="BC790", kind=Kind.STYLE, severity=Severity.NOTE, check=cron_choices)
