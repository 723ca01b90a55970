"""A trigger's conditions are schedules, a size and a number."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.cron_advice import cron_advice
from bcdslc.rule.cron_grammar import cron_error
from bcdslc.rule.human_size import size_error
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.visit import visited
from bcdslc.spec.message import Trigger
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_STAGE = "could not create/update trigger branch: "


def trigger_condition(spec: Spec, world: World) -> Iterator[Finding]:
    """Find conditions that the server does not read, in its order."""
    for node in visited(spec):
        if node.input.pfs is not None and node.input.pfs.trigger is not None:
            yield from conditions(node.input.pfs.trigger, (*node.path, "pfs", "trigger"))


def conditions(trigger: Trigger, path: Path) -> Iterator[Finding]:
    """Find what is wrong with the conditions of one trigger."""
    yield from _schedule(trigger.rate_limit_spec, (*path, "rateLimitSpec"), "rate limit spec")
    wrong = size_error(trigger.size) if trigger.size else None
    if wrong:
        yield Finding(
            path=(*path, "size"),
            message=f"`{trigger.size}` is no size",
            help="write a number and a unit, such as `100M` or `1.5G`",
            server=f"{_STAGE}invalid trigger size: {wrong}",
        )
    if trigger.commits is not None and trigger.commits < 0:
        yield Finding(
            path=(*path, "commits"),
            message="a trigger cannot wait for a negative number of commits",
            help="write how many commits it waits for",
            server=f"{_STAGE}can't trigger on a negative number of commits",
        )
    yield from _schedule(trigger.cron_spec, (*path, "cronSpec"), "cron spec")


def _schedule(text: str | None, path: Path, said: str) -> Iterator[Finding]:
    wrong = cron_error(text) if text else None
    if text and wrong:
        yield Finding(
            path=path,
            message=f"this is no schedule: {wrong[:1].lower()}{wrong[1:]}",
            help=cron_advice(text),
            server=f"{_STAGE}invalid trigger {said}: {wrong}",
        )


RULE = Rule(code="BC647", kind=Kind.REFUSED, severity=Severity.ERROR, check=trigger_condition)
