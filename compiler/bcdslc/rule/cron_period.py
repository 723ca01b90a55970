"""Roughly how many seconds lie between two ticks of a schedule."""

from __future__ import annotations

import re

_DAY = 86400.0
_WORDS = {
    "@hourly": 3600.0,
    "@daily": _DAY,
    "@midnight": _DAY,
    "@weekly": 7 * _DAY,
    "@monthly": 30 * _DAY,
    "@yearly": 365 * _DAY,
    "@annually": 365 * _DAY,
}
_EVERY = re.compile(r"@every ((?:[0-9]+(?:\.[0-9]*)?(?:h|ms|m|s))+)", re.ASCII)
_PART = re.compile(r"([0-9]+(?:\.[0-9]*)?)(h|ms|m|s)", re.ASCII)
_UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}
_ROUNDS = (60, 24, 30, 12, 7)  # minutes, hours, days, months, days of the week
_RANGE = re.compile(r"(?:([0-9]{1,2})(?:-([0-9]{1,2}))?|[*?])(?:/([0-9]{1,2}))?", re.ASCII)


def period(text: str) -> float | None:
    """Return the mean time between ticks; None if there are none, or the text is not read."""
    if text in _WORDS:
        return _WORDS[text]
    every = _EVERY.fullmatch(text)
    if every is not None:
        total = sum(float(number) * _UNITS[unit] for number, unit in _PART.findall(every[1]))
        return max(total, 1.0)  # the library rounds up to a second
    fields = text.split()
    if len(fields) != len(_ROUNDS):
        return None
    minutes, hours, days, months, weekdays = (
        _times(field, size) for field, size in zip(fields, _ROUNDS, strict=True)
    )
    # a day must fit both fields if one of them is open, else either (robfig/cron: spec.go)
    part = days / 30 * weekdays / 7
    if fields[2][0] not in "*?" and fields[4][0] not in "*?":
        part = min(1.0, days / 30 + weekdays / 7)
    return _DAY / (minutes * hours * part * months / 12)


def _times(field: str, size: int) -> float:
    """Return how often a field fires in its round, one at least."""
    total = 0
    for piece in field.split(","):
        found = _RANGE.fullmatch(piece)
        if found is None:
            total += 1  # a name, or what the server refuses
            continue
        first, last, step = found[1], found[2], int(found[3] or 1)
        count = size
        if first is not None:
            count = int(last) - int(first) + 1 if last else (size - int(first) if found[3] else 1)
        total += max(1, -(-count // max(step, 1)))
    return float(min(max(total, 1), size))
