"""Sizes as triggers write them: `100M`, `1.5 GB`.

docker/go-units v0.4.0: size.go.
"""

from __future__ import annotations

import re

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)*) ?[kKmMgGtTpP]?[iI]?[bB]?")


def size_error(text: str) -> str | None:
    """Return the server's words about a size that it does not read, or None."""
    found = _SIZE.fullmatch(text)
    if found is None:
        return f"invalid size: '{text}'"
    if found[1].count(".") > 1:
        return f'strconv.ParseFloat: parsing "{found[1]}": invalid syntax'
    return None
