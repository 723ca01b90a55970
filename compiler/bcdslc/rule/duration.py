"""Durations as Pachyderm's messages hold them: `<decimal>s`."""

from __future__ import annotations


def seconds(text: str | None) -> float | None:
    """Return the seconds of a duration; None where there is none or it does not parse."""
    if text is None or not text.endswith("s"):
        return None
    try:
        return float(text[:-1])
    except ValueError:
        return None
