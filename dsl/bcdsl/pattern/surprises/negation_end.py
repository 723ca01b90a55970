"""A negation followed by `?` or a class only is compared with all that is left of the path."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.pattern.express import whole_mode
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises.negation import LISTED, extended, negations
from bcdsl.pattern.surprises.scan import in_place
from bcdsl.pattern.tree import AnyChar, CharClass, Group, Pattern, Star
from bcdsl.pattern.walk import walk

CODE = "BC421"


def negation_end(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each negation that does not leave out what it lists, since more follows."""
    if not whole_mode(pattern.nodes):
        return
    for negation in negations(pattern):
        if not _followed(pattern, negation) or _covered(pattern, negation):
            continue
        written = pattern.text[negation.start : negation.end]
        yield Flaw(
            code=CODE,
            message=f"`{written}` is compared with all the rest of the path, so with more after it"
            " it leaves out nothing",
            start=negation.start,
            end=negation.end,
            help=_help(pattern, negation),
            severity=Severity.WARNING,
        )


def _followed(pattern: Pattern, negation: Group) -> bool:
    return any(
        isinstance(node, AnyChar | CharClass) and node.start >= negation.end
        for node in walk(pattern.nodes)
    )


def _covered(pattern: Pattern, negation: Group) -> bool:
    """Say whether each alternative already says what follows, or takes any end."""
    rest = pattern.text[negation.end :].split("!(")[0]
    return all(
        bool(each)
        and (
            isinstance(each[-1], Star)
            or pattern.text[each[0].start : each[-1].end].endswith(rest)
            or pattern.text[each[0].start : each[-1].end].endswith("*")
        )
        for each in negation.alternatives
    )


def _help(pattern: Pattern, negation: Group) -> str:
    nodes = pattern.nodes
    if negation in nodes:
        after = nodes[nodes.index(negation) + 1 :]
        if all(isinstance(node, AnyChar | CharClass) for node in after):
            spelled = extended(pattern, negation, pattern.text[negation.end : nodes[-1].end])
            if spelled is not None:
                whole = in_place(pattern, negation.start, negation.end, spelled)
                return f"write `{whole}` to leave out just these"
    return LISTED
