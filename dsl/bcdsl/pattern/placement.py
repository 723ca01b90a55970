"""Where a name may stand: once in a pattern, and only where every match binds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Braces, Group, Node, Pattern, Text

EMPTY = "BC413"

_REASONS = {
    "?": "inside `?(…)`, which may match nothing",
    "*": "inside `*(…)`, which repeats",
    "+": "inside `+(…)`, which repeats",
    "!": "inside `!(…)`, which never binds it",
    "^": "inside `^(…)`, which does not compile",
}


def misplaced_names(pattern: Pattern, *, allowed: bool) -> Iterator[Flaw]:
    """Yield a flaw for each name that stands where it may not (anywhere, unless `allowed`)."""
    seen: set[str] = set()
    if not allowed and not pattern.text:
        yield Flaw(
            code=EMPTY,
            message="a narrowing is empty",
            start=0,
            end=0,
            help="write what the name may be, or take it out for anything but a slash",
        )
    for group, reason in _named(pattern.nodes, None if allowed else "in a narrowing"):
        mark = f"<{group.name}>"
        end = group.start + len(mark) - (0 if group.bare else 1)
        if reason is not None:
            yield Flaw(
                code="BC410",
                message=f"`{mark}` stands {reason}",
                start=group.start,
                end=end,
                help="a name stands where every match binds it: take the name out, or put it"
                " around the whole group",
            )
        if group.name in seen:
            yield Flaw(
                code="BC409",
                message=f"`{mark}` stands twice in one pattern",
                start=group.start,
                end=end,
                help="give the second another name",
            )
        seen.add(group.name or "")
        if group.closer == ">" and not group.bare and group.alternatives == ((),):
            yield Flaw(
                code=EMPTY,
                message=f"nothing stands after `<{group.name}:`",
                start=group.start,
                end=group.end,
                help=f"write `{mark}` for anything but a slash",
            )
    yield from _after_literal(pattern.nodes)


def _named(nodes: Sequence[Node], reason: str | None) -> Iterator[tuple[Group, str | None]]:
    for node in nodes:
        if isinstance(node, Group):
            if node.name is not None:
                yield node, reason
            inner = reason or _REASONS.get(node.operator)
            if inner is None and len(node.alternatives) > 1:
                inner = "in one of several alternatives"
            for alternative in node.alternatives:
                yield from _named(alternative, inner)
        elif isinstance(node, Braces):
            for alternative in node.alternatives:
                yield from _named(alternative, reason or "inside `{…}`")


def _after_literal(nodes: Sequence[Node]) -> Iterator[Flaw]:
    before: Node | None = None
    for node in nodes:
        if isinstance(node, Group | Braces):
            named = isinstance(node, Group) and node.name is not None
            if named and isinstance(before, Text) and before.text[-1:] in tuple("+@!^"):
                yield Flaw(
                    code="BC411",
                    message=f"`{before.text[-1]}` stands right before a name",
                    start=before.end - 1,
                    end=node.start + 1,
                    help="no path in Pachyderm holds this character: take it out",
                )
            for alternative in node.alternatives:
                yield from _after_literal(alternative)
        before = node
