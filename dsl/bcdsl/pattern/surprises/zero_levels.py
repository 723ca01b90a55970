"""`**` between slashes needs at least one level."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.scan import in_place
from bcdsl.pattern.tree import DoubleStar, Pattern, Text

CODE = "BC428"


def zero_levels(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each `/**/`, which does not match a lone slash."""
    nodes = pattern.nodes
    for before, node, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
        if not isinstance(node, DoubleStar):
            continue
        slashes = isinstance(before, Text) and before.text.endswith("/")
        if slashes and isinstance(after, Text) and after.text.startswith("/"):
            end = node.end + 1
            spelled = in_place(pattern, node.start, end, "{,**/}")
            yield Flaw(
                code=CODE,
                message="`**` between slashes stands for one level at least, never for none",
                start=node.start,
                end=node.end,
                help=f"write `{spelled}` if none should do as well",
                severity=Severity.NOTE,
            )
