"""A `!` or `^` anywhere in a class negates it, and an escaped hyphen still makes a range."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import classes, in_place, unescaped
from bcdsl.pattern.tree import CharClass, Pattern

CODE = "BC426"


def class_mark(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each mark that negates from within, and each hyphen escaped in vain."""
    for node in classes(pattern):
        yield from _mark(pattern, node)
        yield from _hyphen(pattern, node)


def _mark(pattern: Pattern, node: CharClass) -> Iterator[Flaw]:
    for at, char in unescaped(pattern, node.start + 1, node.end - 1):
        if char not in "!^":
            continue
        if at > node.start + 1:
            whole = pattern.text[node.start : node.end]
            inside = in_place(pattern, at, at + 1, "\\" + char)[node.start : node.end + 1]
            yield Flaw(
                code=CODE,
                message=f"the `{char}` inside `{whole}` negates the class",
                start=at,
                end=at + 1,
                help=f"write `{inside}` for the character",
                severity=Severity.WARNING,
            )
        return


def _hyphen(pattern: Pattern, node: CharClass) -> Iterator[Flaw]:
    at = pattern.text.find("\\-", node.start, node.end)
    first = at == node.start + 1 or (at == node.start + 2 and node.negated)
    if at >= 0 and not first and at + 2 < node.end - 1:
        whole = pattern.text[node.start : node.end]
        yield Flaw(
            code=CODE,
            message=f"the escaped hyphen in `{whole}` still makes a range",
            start=at,
            end=at + 2,
            help="put the hyphen first or last",
            severity=Severity.WARNING,
        )
