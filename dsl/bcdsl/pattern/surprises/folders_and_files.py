"""`/**` matches folders and the files in them, so data comes several times."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import DoubleStar, Group, Node, Pattern, Text

CODE = "BC429"


def folders_and_files(pattern: Pattern) -> Iterator[Flaw]:
    """Yield a `**` that is the whole end of the pattern."""
    if len(pattern.nodes) < 2:
        return
    before, last = pattern.nodes[-2:]
    if isinstance(before, Text) and before.text.endswith("/") and _is_double_star(last):
        yield Flaw(
            code=CODE,
            message="`**` at the end matches folders and, again, what is in them",
            start=last.start,
            end=last.end,
            help="write `*` for each entry once, or say how the files end: `**.csv`",
            severity=Severity.WARNING,
        )


def _is_double_star(node: Node) -> bool:
    if isinstance(node, Group):
        return any(len(each) == 1 and _is_double_star(each[0]) for each in node.alternatives)
    return isinstance(node, DoubleStar)
