"""Whether two patterns can match the same path.

Each pattern becomes an automaton; a search over pairs of states looks for a path that leads
both to their ends. What a negation excludes is not looked at, so it counts as `*`: "disjoint"
may be missed, never wrongly said.
"""

from __future__ import annotations

from bcdsl.pattern.automaton import SLASH, Ranges, automaton_of
from bcdsl.pattern.leak import has_leak
from bcdsl.pattern.tree import Pattern

BOUND = 200_000  # moves of pairs of states looked at before giving up
LONGEST = 10_000  # characters of the two patterns


def disjoint(left: Pattern, right: Pattern) -> bool:
    """Say whether it is shown, within the bound, that no path matches both patterns."""
    if has_leak(left) or has_leak(right) or len(left.text) + len(right.text) > LONGEST:
        return False
    roots = [_is_root(pattern) for pattern in (left, right)]
    if any(roots):  # `/` matches the root, and the root matches nothing else
        return not all(roots)
    one, other = automaton_of(left), automaton_of(right)
    start = (one.start, other.start, True)
    seen = {start}
    waiting = [start]
    looked_at = 0
    while waiting:
        if looked_at > BOUND:
            return False
        a, b, after_slash = waiting.pop()
        if a == one.end and b == other.end and not after_slash:
            return False
        found = [(next_a, b, after_slash) for next_a in one.free[a]]
        found += [(a, next_b, after_slash) for next_b in other.free[b]]
        for class_a, next_a in one.steps[a]:
            for class_b, next_b in other.steps[b]:
                for is_slash in _shared(class_a, class_b):
                    if not is_slash or not after_slash or (a, b) == (one.start, other.start):
                        found.append((next_a, next_b, is_slash))
        looked_at += 1 + len(found)
        fresh = [pair for pair in found if pair not in seen]
        seen.update(fresh)
        waiting.extend(fresh)
    return True


def _is_root(pattern: Pattern) -> bool:
    return len(pattern.nodes) == 1 and getattr(pattern.nodes[0], "text", None) == "/"


def _shared(one: Ranges, other: Ranges) -> set[bool]:
    """Say for what the two classes share whether it is a slash: {True}, {False} or both."""
    kinds: set[bool] = set()
    for low, high in one:
        for low_other, high_other in other:
            first, last = max(low, low_other), min(high, high_other)
            if first > last:
                continue
            if first <= SLASH <= last:
                kinds.add(True)
            if first < last or first != SLASH:
                kinds.add(False)
    return kinds
