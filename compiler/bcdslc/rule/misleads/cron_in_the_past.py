"""Each tick missed since a cron's start becomes a commit and a job of its own.

from __future__ import annotations

Parts 1.4 and 3.10-30 of the spec reference.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_MANY = 100
_EVERY = re.compile(r"@every ((?:[0-9.]+(?:h|m|s|ms))+)", re.ASCII)
_PART = re.compile(r"([0-9.]+)(h|ms|m|s)", re.ASCII)
_WORDS = {
    "@hourly": 3600.0,
    "@daily": 86400.0,
    "@midnight": 86400.0,
    "@weekly": 7 * 86400.0,
    "@monthly": 30 * 86400.0,
    "@yearly": 365 * 86400.0,
    "@annually": 365 * 86400.0,
}
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def cron_in_the_past(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons that start so long ago that a hundred ticks and more were missed."""
    for place in cron_inputs(spec):
        start = _time(place.cron.start)
        period = _period(place.cron.spec or "")
        if start is None or period is None:
            continue
        missed = int((_now() - start) / timedelta(seconds=period))
        if missed >= _MANY:
            yield Finding(
                path=(*place.path, "start"),
                message=f"about {missed:,} ticks were missed since `{place.cron.start}`: each "
                "becomes a commit and a job, one after the other",
                help="start at a time near to the first use, or use a longer period",
                labels=(((*place.path, "spec"), "how often it ticks"),),
            )


def _now() -> datetime:
    return datetime.now(timezone.utc)


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


def _period(text: str) -> float | None:
    """Return roughly how many seconds lie between two ticks, None if that is not known."""
    if text in _WORDS:
        return _WORDS[text]
    every = _EVERY.fullmatch(text)
    if every is not None:
        try:
            total = sum(float(n) * _UNITS[unit] for n, unit in _PART.findall(every[1]))
        except ValueError:
            return None
        return max(total, 1.0)  # cron rounds up to a second
    fields = text.split()
    return _of_fields(fields) if len(fields) == 5 else None


def _of_fields(fields: list[str]) -> float:
    minute, hour, day, month, week = (_per_round(field) for field in fields)
    ticks_a_day = (minute or 60) * (hour or 24)
    days = 1.0
    if day:
        days = 30 / day
    if week:
        days = min(days if day else 7.0, 7 / week)
    if month:
        days *= 12 / month
    return 86400 * days / ticks_a_day


def _per_round(field: str) -> float:
    """Return how often a field fires in its round; 0 for always."""
    step = re.fullmatch(r"\*/([0-9]{1,3})", field)
    if step is not None and int(step[1]) > 0:
        return max(1.0, 60 / int(step[1])) if int(step[1]) > 1 else 0.0
    return 0.0 if field in ("*", "?") else float(field.count(",") + 1)


RULE = Rule(code="BC752", kind=Kind.MISLEADS, severity=Severity.WARNING, check=cron_in_the_past)
