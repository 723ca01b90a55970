"""The templates of `joinOn` and `groupBy`: which capture groups they refer to.

Part 2.2 of the glob rules: `$` or `${` and a run of decimal digits (any script), `${` closed
by `}`; `$$` is a dollar; any other `$` is plain text.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\$(?:(\$)|(\d+)|\{(\d+)\})")


def references(key: str) -> tuple[str, ...]:
    """Return the digits of each reference in a key, in order."""
    return tuple(found[2] or found[3] for found in _TOKEN.finditer(key) if not found[1])


def numbers(key: str) -> tuple[int, ...]:
    """Return the group numbers that a key refers to, in order."""
    return tuple(int(digits) for digits in references(key) if len(digits) < 10)
