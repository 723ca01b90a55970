"""Characters of a glob that Pachyderm drops: a backslash at the end, NUL and what follows."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Pattern

CODE = "BC434"


def vanishing(pattern: Pattern) -> Iterator[Flaw]:
    """Yield what of the text has no effect."""
    text = pattern.text
    slashes = len(text) - len(text.rstrip("\\"))
    if slashes % 2:
        yield _flaw(len(text) - 1, "a backslash at the end is dropped")
    for char in "\0\ufffe\uffff":
        if char in text:
            yield _flaw(text.index(char), f"Pachyderm drops U+{ord(char):04X} from a glob")


def _flaw(at: int, message: str) -> Flaw:
    return Flaw(
        code=CODE,
        message=message,
        start=at,
        end=at + 1,
        help="take it out",
        severity=Severity.WARNING,
    )
