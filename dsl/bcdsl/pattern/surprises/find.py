"""All surprises of one pattern."""

from __future__ import annotations

from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises import RAW_SURPRISES, SURPRISES
from bcdsl.pattern.tree import Pattern


def surprises(pattern: Pattern, *, raw: bool = False) -> tuple[Flaw, ...]:
    """Return where a pattern surprises, in the order of the text.

    `raw` says that the pattern is a glob of a spec and not one that is written out anew. The
    pattern is as read: neither narrowed nor fixed.
    """
    rules = SURPRISES + RAW_SURPRISES if raw else SURPRISES
    found = [flaw for rule in rules for flaw in rule(pattern)]
    return tuple(sorted(found, key=lambda flaw: (flaw.start, flaw.end, flaw.code)))
