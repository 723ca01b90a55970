"""Two names with text between that either could take: the path splits at the last such text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Braces, Group, Node, Pattern, Text
from bcdsl.pattern.two_splits import two_splits

CODE = "BC437"


def split(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each pair of names that nothing, or a text that either could take, keeps apart."""
    yield from _in(pattern.nodes)


def _in(nodes: Sequence[Node]) -> Iterator[Flaw]:
    for index, node in enumerate(nodes):
        if isinstance(node, Group | Braces):
            for alternative in node.alternatives:
                yield from _in(alternative)
        if not isinstance(node, Group) or node.name is None:
            continue
        match nodes[index + 1 : index + 3]:
            case [Group(name=str()) as second, *_] if node.bare and second.bare:
                yield _flaw(node, second, "")
            case [Text() as text, Group(name=str()) as second] if _unsettled(node, text, second):
                yield _flaw(node, second, text.text)
            case _:
                pass


def _unsettled(first: Group, between: Text, second: Group) -> bool:
    if first.bare and second.bare:
        return "/" not in between.text
    return two_splits(first, between, second)


def _flaw(first: Group, second: Group, between: str) -> Flaw:
    one, two = first.name, second.name
    bare = first.bare and second.bare
    if not between:
        message = f"`<{one}>` takes everything and leaves `<{two}>` empty"
        help = f"put text between them, or narrow `<{one}>`: `<{one}:??>`"
    else:
        message = f"where `{between}` comes several times, `<{one}>` goes up to the last"
        help = f"narrow one of the two to what cannot hold `{between}`"
    if bare and len(between) == 1 and between not in "-!^[]\\":
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
