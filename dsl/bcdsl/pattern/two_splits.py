"""Whether one path can be split between two names in two ways.

Two readings of one automaton walk over the same text: the first leaves the first name, the
second goes on in it for a character at least and leaves it later; if both reach the end, there
are two ways. What a negation excludes is not looked at, so it counts as `*`.
"""

from __future__ import annotations

from bcdsl.pattern.automaton import Automaton, Ranges
from bcdsl.pattern.tree import Group, Text

BOUND = 20_000  # pairs of states looked at before giving up


def two_splits(first: Group, between: Text, second: Group) -> bool:
    """Say whether some text is `first between second` in two ways, as far as the bound shows."""
    automaton = Automaton()
    start = automaton.state()
    left = automaton.node(first, start)
    end = automaton.sequence((between, second), left)
    waiting = [(start, start)]
    seen = set(waiting)
    while waiting and len(seen) < BOUND:
        early, late = waiting.pop()
        if early == late == end:
            return True
        found = [(state, late) for state in automaton.free[early]]
        found += [(early, state) for state in automaton.free[late]]
        for taken, after in automaton.steps[early]:
            for other, beside in automaton.steps[late]:
                leaves = early <= left < after
                if _meet(taken, other) and not (leaves and late <= left < beside):
                    found.append((after, beside))
        for pair in found:
            # the late one may not be out before the early one
            if pair not in seen and not pair[0] <= left < pair[1]:
                seen.add(pair)
                waiting.append(pair)
    return False


def _meet(one: Ranges, other: Ranges) -> bool:
    """Say whether two classes share a character."""
    return any(
        max(low, low_other) <= min(high, high_other)
        for low, high in one
        for low_other, high_other in other
    )
