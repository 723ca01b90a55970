"""One negation changes another: all of a glob exclude by prefix, or none does."""

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
)
from bcdsl.pattern.tree import Group, Pattern, Text

CODE = "BC422"


def negation_pair(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each negation that excludes by prefix because of another."""
    for negation in forced(pattern):
        written = pattern.text[negation.start : negation.end]
        yield Flaw(
            code=CODE,
            message=f"`{written}` leaves out whatever starts with what it lists, since text follows"
            " another negation",
            start=negation.start,
            end=negation.end,
            help=_help(pattern),
            severity=Severity.WARNING,
        )


def _help(pattern: Pattern) -> str:
    """Return a spelling in which no text follows a negation, for two that end the pattern."""
    nodes = pattern.nodes
    found = list(negations(pattern))
    if len(found) != 2 or len(nodes) < 3 or tuple(found) != (nodes[-3], nodes[-1]):
        return LISTED
    first, between, last = nodes[-3:]
    assert isinstance(first, Group)
    assert isinstance(last, Group)
    follows = pattern.text[between.start : between.end]
    if not isinstance(between, Text) or not plain(follows):
        return LISTED
    spelled, classes = extended(pattern, first, follows + "*"), as_classes(follows)
    listed = _alternatives(last)
    if spelled is None or classes is None or listed is None:
        return LISTED
    whole = f"{pattern.text[: first.start]}{spelled}{classes}!({listed})"
    return f"write `{whole}` to leave out just these"


def _alternatives(negation: Group) -> str | None:
    """Return what the last negation lists, as classes: text in it would count as text after."""
    found = []
    for alternative in negation.alternatives:
        if len(alternative) != 1 or not isinstance(alternative[0], Text):
            return None
        classes = as_classes(alternative[0].text)
        if classes is None:
            return None
        found.append(classes)
    return "|".join(found)
