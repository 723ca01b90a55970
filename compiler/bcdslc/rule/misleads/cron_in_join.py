"""A cron under a join or group has always the empty key. Part 3.10-34 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_in_join(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons under a join or group."""
    for place in cron_inputs(spec):
        operator = next((it for it in reversed(place.above) if it in ("join", "group")), None)
        if operator is not None:
            yield Finding(
                path=place.path,
                message=f"a cron in a {operator} has always the empty key: it meets no file that "
                "has one",
                help=f"put the cron beside the {operator}, in a `cross`",
                on_key=True,
            )


RULE = Rule(
    code="BC749", kind=Kind.MISLEADS, severity=Severity.WARNING, check=cron_in_join, guesses=True
)
