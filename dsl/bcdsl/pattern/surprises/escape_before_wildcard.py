"""An escape before the first wildcard: listing by glob finds nothing, the pipeline does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Pattern

CODE = "BC436"

_LEADING = re.compile(r"[^*?\[\]{}!()@+^]*")  # what the listing looks up as it stands


def escape_before_wildcard(pattern: Pattern) -> Iterator[Flaw]:
    """Yield the first backslash of the part that a listing takes literally."""
    found = _LEADING.match(pattern.text)
    at = found[0].find("\\") if found else -1
    if 0 <= at < len(pattern.text) - 1:  # one at the end is dropped, and told elsewhere
        yield Flaw(
            code=CODE,
            message="with an escape before its first wildcard, listing files by this glob finds"
            " nothing, though the pipeline matches",
            start=at,
            end=at + 2,
            help=f"write `{pattern.text[:at] + pattern.text[at + 1 :]}`",
            severity=Severity.WARNING,
        )
