"""Two inputs whose names differ by a slip of the pen: they combine all with all.

A name that stands in one input only ties nothing. Where another input has such a name that is
nearly the same, most likely one of the two is misspelt, and instead of pairs there are products.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from bcdsl.check.stage_inputs import StageInputs, called, name_span
from bcdsl.diagnostic import Diagnostic, Edit, Fix, Label, Severity
from bcdsl.input_names import free_names, item_names
from bcdsl.model import Item, PfsLeaf
from bcdsl.source import Span
from bcdsl.suggest import nearest

CODE = "BC475"

_MOST = 100  # inputs; longer lists are written by programs, which make no slips
_SHORTEST = 3  # letters; `<x>` beside `<y>` is no slip
_NUMBER = re.compile(r"[0-9]+")


def nearly_one_name(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield a warning for each pair of lonely names that are nearly one."""
    if len(view.inputs.items) > _MOST:
        return
    counts = Counter(name for item in view.inputs.items for name in item_names(item))
    lonely = [(item, _lonely(item, counts)) for item in view.inputs.items]
    for (left, here), (right, there) in combinations(lonely, 2):
        for name in there:
            near = next((other for other in here if _slip(name, other)), None)
            if near is not None:
                yield _told(left, near, right, name)


def _lonely(item: Item, counts: Counter[str]) -> list[str]:
    if not isinstance(item, PfsLeaf):
        return []
    return sorted(name for name in free_names(item) if counts[name] == 1)


def _slip(name: str, other: str) -> bool:
    if min(len(name), len(other)) < _SHORTEST:
        return False
    if _NUMBER.sub("", name) == _NUMBER.sub("", other):  # `left1` and `left2` are meant
        return False
    return nearest(name, (other,)) is not None


def _told(left: Item, near: str, right: Item, name: str) -> Diagnostic:
    span = name_span(right, name)
    return Diagnostic(
        code=CODE,
        message=f"`<{name}>` of {called(right)} and `<{near}>` of {called(left)} are two names, "
        "so the inputs combine all with all",
        span=span,
        severity=Severity.WARNING,
        labels=(Label(name_span(left, near), "the other name"),),
        help=f"write `<{near}>` in both, if they are to be paired by it",
        fix=_fix(span, name, near),
    )


def _fix(span: Span, name: str, near: str) -> Fix | None:
    """Rename where the pattern's text stands in the document as it is."""
    if not span.text.startswith(f"<{name}"):
        return None
    return Fix(f"write `<{near}>`", (Edit(span.within(1, 1 + len(name)), near),))
