"""A slash at the end selects nothing: files match as well."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Pattern

CODE = "BC430"


def final_slash(pattern: Pattern) -> Iterator[Flaw]:
    """Yield the slashes at the end, if there are any."""
    text = pattern.text
    bare = text.rstrip("/")
    if bare and bare != text and not bare.endswith("\\"):
        yield Flaw(
            code=CODE,
            message="a `/` at the end does not select folders: files match as well",
            start=len(bare),
            end=len(text),
            help=f"write `{bare}`",
            severity=Severity.WARNING,
        )
