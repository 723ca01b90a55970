"""Each tick missed since a cron's start becomes a commit and a job of its own.

Parts 1.4 and 3.10-30 of the spec reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timezone

from bcdsl.diagnostic import Severity
from bcdslc.rule.cron_period import period
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_MANY = 100


def cron_in_the_past(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons that start so long ago that a hundred ticks and more were missed."""
    for place in cron_inputs(spec):
        start = _time(place.cron.start)
        between = period(place.cron.spec or "")
        if start is None or between is None:
            continue
        missed = int((datetime.now(timezone.utc) - start).total_seconds() / between)
        if missed >= _MANY:
            yield Finding(
                path=(*place.path, "start"),
                message=f"about {missed:,} ticks were missed since `{place.cron.start}`: each "
                "becomes a commit and a job, one after the other",
                help="start at a time near to the first use, or use a longer period",
                labels=(((*place.path, "spec"), "how often it ticks"),),
            )


def _time(text: str | None) -> datetime | None:
    if not text:
        return None
    # Python before 3.11 reads no `Z`, and no fraction that is not 3 or 6 digits long
    plain = re.sub(r"\.[0-9]+", "", text).replace("Z", "+00:00").replace("z", "+00:00")
    try:
        time = datetime.fromisoformat(plain)
    except ValueError:
        return None
    return time if time.tzinfo else None


RULE = Rule(code="BC752", kind=Kind.MISLEADS, severity=Severity.WARNING, check=cron_in_the_past)
