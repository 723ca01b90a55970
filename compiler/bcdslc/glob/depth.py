"""How many slashes every match of an expression holds, where that is one number.

Most globs match at one depth of a tree, and a path of another depth needs no look at its text.
"""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.pattern.expression import (
    Capture,
    Choice,
    Expression,
    Literal,
    OneOf,
    Repeat,
    Run,
    Unless,
)


def depth(body: Sequence[Expression]) -> int | None:
    """Return the number of slashes in every text that a sequence matches, None if they differ."""
    total = 0
    for part in body:
        found = _of(part)
        if found is None:
            return None
        total += found
    return total


def _of(part: Expression) -> int | None:
    match part:
        case Literal(text):
            return text.count("/")
        case OneOf():
            return None if part.takes("/") else 0
        case Run(of):
            return None if of.takes("/") else 0
        case Choice(alternatives):
            found = {depth(alternative) for alternative in alternatives}
            return found.pop() if len(found) == 1 else None
        case Repeat(alternatives):
            return 0 if all(depth(alternative) == 0 for alternative in alternatives) else None
        case Capture(_, inside):
            return depth(inside)
        case Unless():  # it looks ahead, and takes nothing
            return 0
