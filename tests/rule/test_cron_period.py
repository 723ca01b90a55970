"""How often schedules tick, roughly."""

from __future__ import annotations

import pytest

from bcdslc.rule.cron_period import period

HOUR = 3600.0
DAY = 24 * HOUR


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("@hourly", HOUR),
        ("@every 90s", 90.0),
        ("@every 1h30m", 1.5 * HOUR),
        ("@every 1ms", 1.0),
        ("* * * * *", 60.0),
        ("*/5 * * * *", 300.0),
        ("0 * * * *", HOUR),
        ("0,30 * * * *", HOUR / 2),
        ("0 */6 * * *", 6 * HOUR),
        ("0 8-17 * * *", DAY / 10),
        ("0 8/4 * * *", DAY / 4),
        ("0 3 * * *", DAY),
        ("0 3 * * 1", 7 * DAY),
        ("0 3 * * mon", 7 * DAY),
        ("0 3 * * 1-5", DAY * 7 / 5),
        ("0 3 1 * *", 30 * DAY),
        ("0 3 1 1 *", 360 * DAY),
        ("0 3 1 * 1", DAY / (1 / 30 + 1 / 7)),
        ("@never", None),
        ("", None),
        ("* * * *", None),
    ],
)
def test_a_schedule_ticks_so_often(text: str, seconds: float | None) -> None:
    """The mean time between ticks is right for every form that people use."""
    assert period(text) == (None if seconds is None else pytest.approx(seconds))
