"""Times as RFC 3339 writes them, which is how Pachyderm reads them."""

from __future__ import annotations

import re
from datetime import datetime

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.source import Spanned
from bcdsl.yaml_tree import Scalar

CODE = "BC128"

_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.[0-9]{1,9})?"
    r"(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])",
    re.ASCII,
)


def read_time(scalar: Scalar) -> Spanned[str] | Diagnostic:
    """Return a time, or why a text is none."""
    found = _TIME.fullmatch(scalar.text)
    if found is not None:
        try:
            datetime.fromisoformat(f"{found[1]}T{found[2]}")
        except ValueError:
            found = None
    if found is None:
        return error(
            CODE, f"`{scalar.text}` is no time", scalar.span, "write it as `2024-01-31T06:00:00Z`"
        )
    return Spanned(scalar.text, scalar.span)
