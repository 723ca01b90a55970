"""The parts of every operator in an order that does not depend on the source.

By (name, project, repo, branch, glob), an operator by its first leaf; where first leaves are
alike, by all that the operators hold. Crons and `unnamed`
leaves have no name for the server's stable sort (globs reference, part 4) and so stand first:
crons by name, but as written where an `unnamed` is among them, whose order is the author's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from bcdsl.pattern.write import Written
from bcdslc.lower.placed import Placed, PlacedCron, PlacedOperator, PlacedPfs

_Place: TypeAlias = tuple[object, ...]


def arrange(placed: Placed, written: Mapping[PlacedPfs, Written], project: str | None) -> Placed:
    """Return the tree with the parts of every operator in their order."""
    return _arranged(placed, written, project or "")[0]


def _arranged(
    placed: Placed, written: Mapping[PlacedPfs, Written], project: str
) -> tuple[Placed, PlacedPfs | PlacedCron]:
    """Return the arranged tree and its first leaf."""
    if not isinstance(placed, PlacedOperator):
        return placed, placed
    parts = [_arranged(part, written, project) for part in placed.parts]
    as_written = any(isinstance(head, PlacedPfs) and is_unnamed(head) for _, head in parts)

    def place(part: tuple[Placed, PlacedPfs | PlacedCron]) -> _Place:
        head = part[1]
        if isinstance(head, PlacedCron):
            return ("", head.index) if as_written else ("", -1, head.leaf.name.value)
        if is_unnamed(head):
            return ("", head.index)
        leaf = head.leaf
        return (
            leaf.name.value,
            0,
            leaf.project.value if leaf.project else project,
            leaf.repo.value,
            leaf.branch.value,
            written[head].glob,
            isinstance(part[0], PlacedOperator),
        )

    parts.sort(key=place)
    if len(parts) > len({place(part) for part in parts}):
        parts.sort(key=lambda part: (place(part), _content(part[0], written)))
    arranged = PlacedOperator(
        kind=placed.kind, parts=tuple(part for part, _ in parts), span=placed.span
    )
    return arranged, parts[0][1]


_OPTIONS = ("keep", "empty_files", "lazy", "s3", "reference", "propagate")


def _content(placed: Placed, written: Mapping[PlacedPfs, Written]) -> tuple[str, ...]:
    """Return what an arranged tree holds, as words from left to right."""
    match placed:
        case PlacedOperator(kind=kind, parts=parts):
            inner = [word for part in parts for word in _content(part, written)]
            return (f"({kind.value}", *inner, ")")
        case PlacedCron(leaf=cron):
            return cron.name.value, cron.spec.value
        case PlacedPfs(leaf=leaf, join=join, group=group):
            options = [getattr(leaf, option) for option in _OPTIONS]
            return (
                leaf.name.value,
                leaf.project.value if leaf.project else "",
                leaf.repo.value,
                leaf.branch.value,
                written[placed].glob,
                *(str(option.value if option else None) for option in options),
                *(str(key.parts if key else None) for key in (leaf.join_on, leaf.group_by)),
                *(str(sorted(scope.names) if scope else None) for scope in (join, group)),
            )


def is_unnamed(placed: PlacedPfs) -> bool:
    """Tell whether a leaf is emitted without its name."""
    return placed.leaf.unnamed is not None and placed.leaf.unnamed.value
