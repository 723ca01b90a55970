"""`[[:digit:]]`: the inner brackets are members."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.char_class import POSIX
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import classes, spell_class
from bcdsl.pattern.tree import Pattern

CODE = "BC425"

_DOUBLE = re.compile(r"\[(:(?:" + "|".join(POSIX) + r"):)\]")


def double_brackets(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each class that holds a bracketed POSIX name."""
    for node in classes(pattern):
        found = _DOUBLE.search(node.members)
        if found:
            single = spell_class(_DOUBLE.sub(r"\1", node.members), negated=node.negated)
            yield Flaw(
                code=CODE,
                message=f"`{pattern.text[node.start : node.end]}` also has `[` and `]` among"
                " its members",
                start=node.start,
                end=node.end,
                help=f"write `{single}`",
                severity=Severity.WARNING,
            )
