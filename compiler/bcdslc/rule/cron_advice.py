"""What to write instead of a schedule that is none."""

from __future__ import annotations

_WORDS = ("yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly", "never")


def cron_advice(text: str) -> str:
    """Return the repair for a schedule that the server does not read."""
    word = text.strip().lstrip("@").lower()
    if word in _WORDS:
        return f"write `@{word}`"
    parts = text.split()
    if parts and "TZ=" in parts[0]:
        return "leave the time zone out: schedules are in UTC"
    if len(parts) == 6:
        return "leave the seconds out: a schedule starts with minutes"
    if len(parts) == 5 and parts[4] == "7":
        return "write 0 for Sunday"
    return "write minute, hour, day, month and weekday (`0 3 * * *`), or `@daily`, `@every 90s`"
