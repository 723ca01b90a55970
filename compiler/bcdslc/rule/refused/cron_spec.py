"""A cron input's schedule has five fields, or is a known word."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.cron_advice import cron_advice
from bcdslc.rule.cron_grammar import cron_error
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_spec(spec: Spec, world: World) -> Iterator[Finding]:
    """Find schedules that the server does not read."""
    for leaf in cron_inputs(spec):
        text = leaf.cron.spec or ""
        wrong = cron_error(text)
        if wrong is not None:
            yield Finding(
                path=(*leaf.path, "spec"),
                message=f"this is no schedule: {wrong[:1].lower()}{wrong[1:]}"
                if text
                else "the cron has no schedule",
                help=cron_advice(text),
                server=f"error parsing cron-spec: {wrong}",
            )
        elif text.strip() == "@never" and world.target < 6:
            yield Finding(
                path=(*leaf.path, "spec"),
                message=f"Pachyderm 2.{world.target} does not know `@never`, which is of 2.6",
                help="use a schedule that never comes: `0 0 31 2 *`",
            )


RULE = Rule(code="BC634", kind=Kind.REFUSED, severity=Severity.ERROR, check=cron_spec)
