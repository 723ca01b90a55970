"""A class that matches the slash without naming it: negated, or by a range."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.char_class import holds, ranges
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import classes, spell_class
from bcdsl.pattern.tree import CharClass, Pattern

CODE = "BC424"


def class_takes_slash(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each class that matches `/` though its members do not name it."""
    for node in classes(pattern):
        named = ("/", "/") in ranges(node.members)
        if node.negated and pattern.text[node.start + 1] not in "!^":
            continue  # negated from within: told by its own rule
        if node.members and not named and holds(node.members, node.negated, "/"):
            yield Flaw(
                code=CODE,
                message=f"`{pattern.text[node.start : node.end]}` also matches `/`",
                start=node.start,
                end=node.end,
                help=_help(node),
                severity=Severity.WARNING,
            )


def _help(node: CharClass) -> str:
    if node.negated:
        members = "/" + node.members if not node.members.startswith("-") else node.members + "/"
        return f"write `{spell_class(members, negated=True)}`"
    pairs = [pair for pair in ranges(node.members) if pair[0] <= "/" <= pair[1]]
    low, high = pairs[0]
    return f"write the characters of `{low}-{high}` one by one, without `/`"
