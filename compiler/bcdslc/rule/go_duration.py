"""Durations as Go reads them (`1h30m`, `90s`), for `@every`.

go: src/time/format.go, ParseDuration.
"""

from __future__ import annotations

import re

from bcdslc.rule.go_text import quoted_bytes

_PART = re.compile(r"([0-9]*)(\.([0-9]*))?([^0-9.]*)")
_UNITS = {
    "ns": 1,
    "us": 10**3,
    "\u00b5s": 10**3,
    "\u03bcs": 10**3,
    "ms": 10**6,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}


def duration_error(text: str) -> str | None:
    """Return Go's words about a duration that it does not read, or None."""
    rest = text[1:] if text[:1] in ("-", "+") else text
    if rest == "0":
        return None
    invalid = f"time: invalid duration {quoted_bytes(text)}"
    if not rest:
        return invalid
    total = 0
    while rest:
        found = _PART.match(rest)
        if found is None or not (rest[0].isascii() and (rest[0].isdigit() or rest[0] == ".")):
            return invalid
        whole, _, fraction, unit = found.groups()
        if not whole and not fraction:
            return invalid
        if not unit:
            return f"time: missing unit in duration {quoted_bytes(text)}"
        if unit not in _UNITS:
            return f"time: unknown unit {quoted_bytes(unit)} in duration {quoted_bytes(text)}"
        total += int(whole or 0) * _UNITS[unit] if len(whole) < 20 else 2**64
        if total >= 2**63:
            return invalid
        rest = rest[found.end() :]
    return None
