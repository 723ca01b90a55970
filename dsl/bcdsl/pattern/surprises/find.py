"""All surprises of one pattern."""

from __future__ import annotations

from collections.abc import Collection

from bcdsl.frozen import replace
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.surprises import RAW_SURPRISES, SURPRISES
from bcdsl.pattern.tree import Group, Node, Pattern
from bcdsl.pattern.walk import rewrite

LONGEST = 2000  # no author wrote a longer one, and each repair repeats the text


def surprises(
    pattern: Pattern, *, raw: bool = False, settled: Collection[str] = ()
) -> tuple[Flaw, ...]:
    """Return where a pattern surprises, in the order of the text.

    `raw` says that the pattern is a glob of a spec and not one that is written out anew. The
    pattern is as read, neither narrowed nor fixed; `settled` lists the names that will be.
    """
    if len(pattern.text) > LONGEST:
        return ()
    if settled:
        pattern = _with_settled(pattern, settled)
    rules = SURPRISES + RAW_SURPRISES if raw else SURPRISES
    found = [flaw for rule in rules for flaw in rule(pattern)]
    return tuple(sorted(found, key=lambda flaw: (flaw.start, flaw.end, flaw.code)))


def _with_settled(pattern: Pattern, settled: Collection[str]) -> Pattern:
    def change(node: Node) -> Node:
        if isinstance(node, Group) and node.bare and node.name in settled:
            return replace(node, bare=False, name=None)
        return node

    return Pattern(text=pattern.text, nodes=rewrite(pattern.nodes, change))
