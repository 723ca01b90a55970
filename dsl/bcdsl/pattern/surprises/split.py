"""Two names with text between that either could take: the path splits at the last such text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Braces, Group, Node, Pattern, Text

CODE = "BC437"


def split(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each pair of names that a text without slash keeps apart, or nothing."""
    yield from _in(pattern.nodes)


def _in(nodes: Sequence[Node]) -> Iterator[Flaw]:
    for index, node in enumerate(nodes):
        if isinstance(node, Group | Braces):
            for alternative in node.alternatives:
                yield from _in(alternative)
        if not _is_any(node):
            continue
        after = nodes[index + 1 : index + 3]
        between = after[0].text if after and isinstance(after[0], Text) else ""
        second = after[-1] if len(after) == 2 and between else after[0] if after else None
        if second is not None and _is_any(second) and "/" not in between:
            yield _flaw(node, second, between)


def _is_any(node: Node) -> bool:
    return isinstance(node, Group) and node.bare


def _flaw(first: Node, second: Node, between: str) -> Flaw:
    one, two = getattr(first, "name", ""), getattr(second, "name", "")
    if not between:
        message = f"`<{one}>` takes everything and leaves `<{two}>` empty"
        help = f"put text between them, or narrow `<{one}>`: `<{one}:??>`"
    else:
        message = f"where `{between}` comes several times, `<{one}>` goes up to the last"
        help = f"narrow one of the two to what cannot hold `{between}`"
    if len(between) == 1 and between not in "-!^[]\\":
        kind = f"+([!/{between}])"
        help = f"write `<{two}:{kind}>` to say so, or `<{one}:{kind}>` to split at the first"
    return Flaw(
        code=CODE,
        message=message,
        start=first.start,
        end=second.end,
        help=help,
        severity=Severity.WARNING,
    )
