"""POSIX names that share a colon are replaced in random order, so the glob's meaning is drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.char_class import POSIX
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import classes, spell_class
from bcdsl.pattern.tree import Pattern

CODE = "BC433"

_NAMES = "|".join(POSIX)
_SHARED = re.compile(f":(?:{_NAMES})(?=:(?:{_NAMES}):)")


def shared_colon(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each class in which one colon ends a name and starts the next."""
    for node in classes(pattern):
        if _SHARED.search(node.members):
            apart = spell_class(_SHARED.sub(r"\g<0>:", node.members), negated=node.negated)
            yield Flaw(
                code=CODE,
                message="two names of character sets share a colon: which one counts is drawn"
                " anew each time the glob is compiled",
                start=node.start,
                end=node.end,
                help=f"write `{apart}`",
                severity=Severity.WARNING,
            )
