"""A cron without `overwrite` in a cross: each tick adds all the datums once more.

Parts 1.4 and 5.2, 5.4 of the references: ticks accumulate, one datum each, and a cross is the
full product.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_in_cross(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons in a cross that keep every tick."""
    for place in cron_inputs(spec):
        if place.above[-1:] == ("cross",) and not place.cron.overwrite:
            yield Finding(
                path=place.path,
                message="each tick stays and is crossed with everything again: the output of "
                "every earlier tick is kept, and two ticks that write one path fail the job",
                help="set `overwrite: true` to keep the last tick only",
                on_key=True,
            )


RULE = Rule(code="BC762", kind=Kind.MISLEADS, severity=Severity.WARNING, check=cron_in_cross)
