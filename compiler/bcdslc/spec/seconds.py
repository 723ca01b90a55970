"""Durations in the units people write, in the one unit that Pachyderm takes since 2.7."""

from __future__ import annotations

import re

MOST_SECONDS = 315_576_000_000  # ten thousand years, the most that a protobuf duration holds
_PARTS = re.compile(r"(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?")


def seconds(value: object) -> str | None:
    """Return `90s` for `1m30s` or for a plain 90, or None for what is no duration at all."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and 0 < value < 10**9:
        return f"{value}s"
    found = _PARTS.fullmatch(value) if isinstance(value, str) and len(value) < 20 else None
    if found is None or not any(found.groups()):
        return None
    hours, minutes, rest = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + rest
    return f"{total}s" if total <= MOST_SECONDS else None
