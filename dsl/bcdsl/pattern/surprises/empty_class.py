"""A class without members makes what follows, up to a later class, one class."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import classes
from bcdsl.pattern.tree import Pattern

CODE = "BC435"


def empty_class(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each class without members."""
    for node in classes(pattern):
        if not node.members:
            yield Flaw(
                code=CODE,
                message=f"`{pattern.text[node.start : node.end]}` has no members and swallows"
                " what follows",
                start=node.start,
                end=node.end,
                help="write the characters the class is for; `[\\]]` for the bracket itself",
                severity=Severity.WARNING,
            )
