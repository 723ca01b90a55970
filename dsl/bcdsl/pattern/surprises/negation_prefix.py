"""A negation with text or stars after it excludes whatever *starts* with an alternative."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.negation import (
    LISTED,
    as_classes,
    extended,
    forced,
    negations,
    plain,
    text_after,
)
from bcdsl.pattern.surprises.scan import in_place
from bcdsl.pattern.tree import Group, Pattern, Star, Text

CODE = "BC420"


def negation_prefix(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each negation that leaves out more than the names it lists."""
    if forced(pattern):
        return  # told together with the negation that this changes
    for negation in negations(pattern):
        if text_after(pattern, negation) and not _ended(negation):
            written = pattern.text[negation.start : negation.end]
            yield Flaw(
                code=CODE,
                message=f"`{written}` leaves out whatever starts with what it lists, since text or"
                " a star follows",
                start=negation.start,
                end=negation.end,
                help=_help(pattern, negation),
                severity=Severity.WARNING,
            )


def _ended(negation: Group) -> bool:
    """Say whether each alternative ends where an element does, or goes on anyway."""
    return all(
        bool(each)
        and ((isinstance(each[-1], Text) and each[-1].text.endswith("/")) or _goes_on(each[-1]))
        for each in negation.alternatives
    )


def _goes_on(node: object) -> bool:
    return isinstance(node, Star)


def _help(pattern: Pattern, negation: Group) -> str:
    nodes = pattern.nodes
    if negation not in nodes or nodes.index(negation) + 1 == len(nodes):
        return LISTED
    at = nodes.index(negation)
    after = nodes[at + 1]
    follows = pattern.text[after.start : after.end]
    if not isinstance(after, Text) or not plain(follows):
        return LISTED
    if "/" in follows:
        spelled = extended(pattern, negation, follows[: follows.index("/") + 1])
        if spelled is not None:
            whole = in_place(pattern, negation.start, negation.end, spelled)
            return f"write `{whole}` to leave out just these"
    elif at + 2 == len(nodes) and len(list(negations(pattern))) == 1:
        spelled, classes = extended(pattern, negation, follows), as_classes(follows)
        if spelled is not None and classes is not None:
            whole = in_place(pattern, negation.start, after.end, spelled + classes)
            return f"write `{whole}` to leave out just these"
    return LISTED
