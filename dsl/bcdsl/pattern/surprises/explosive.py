"""A repeated group that can take one text in several ways: Pachyderm's engine tries them all.

The question is whether the automaton is exponentially ambiguous: whether some step can come back
to itself over one text by two different ways. It is asked only of steps inside repeats, and
small ones, since nothing else is repeated within a repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bcdsl.diagnostic import Severity
from bcdsl.pattern.automaton import Automaton, Ranges, automaton_of
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.leak import has_leak
from bcdsl.pattern.tree import Group, Pattern
from bcdsl.pattern.walk import walk

CODE = "BC432"

_BOUND = 40  # steps of one group


def explosive(pattern: Pattern) -> Iterator[Flaw]:
    """Yield each outermost repeated group on which Pachyderm can run for ever."""
    if has_leak(pattern):
        return
    end = -1
    for node in walk(pattern.nodes):
        if not isinstance(node, Group) or node.operator not in "*+" or node.start < end:
            continue
        end = node.end
        if _ambiguous(automaton_of(Pattern(text=pattern.text, nodes=(node,)))):
            yield Flaw(
                code=CODE,
                message="this group can take one text in so many ways that Pachyderm runs for"
                " minutes on a path that does not match, then crashes, and tries again",
                start=node.start,
                end=node.end,
                help="take the wildcard out of the repeated group, or make what repeats end in a"
                " character that it cannot hold otherwise",
                severity=Severity.WARNING,
            )


def _ambiguous(automaton: Automaton) -> bool:
    steps = [
        (state, taken, after)
        for state, found in enumerate(automaton.steps)
        for taken, after in found
    ]
    if len(steps) > _BOUND:
        return False
    follows: list[Mapping[int, int]] = []
    for _, _, after in steps:
        ways = _ways(automaton, after)
        follows.append(
            {index: ways[state] for index, (state, _, _) in enumerate(steps) if state in ways}
        )
    back = [_reached(follows, index) for index in range(len(steps))]
    for index, following in enumerate(follows):
        if any(count > 1 and index in back[after] for after, count in following.items()):
            return True
    return any(_two_ways(steps, follows, index) for index in range(len(steps)))


def _ways(automaton: Automaton, start: int) -> dict[int, int]:
    """Return the states reached without taking anything, and in how many ways (2: or more)."""
    found: dict[int, int] = {}
    waiting = [(start, frozenset((start,)))]
    for _ in range(2000):
        if not waiting:
            break
        state, behind = waiting.pop()
        found[state] = min(2, found.get(state, 0) + 1)
        waiting.extend(
            (after, behind | {after}) for after in automaton.free[state] if after not in behind
        )
    return found


def _reached(follows: Sequence[Mapping[int, int]], start: int) -> set[int]:
    found: set[int] = set()
    waiting = [start]
    while waiting:
        fresh = [after for after in follows[waiting.pop()] if after not in found]
        found.update(fresh)
        waiting.extend(fresh)
    return found


def _two_ways(
    steps: Sequence[tuple[int, Ranges, int]], follows: Sequence[Mapping[int, int]], start: int
) -> bool:
    """Say whether a step comes back to itself over one text by two different ways."""
    links: dict[tuple[int, int], list[tuple[int, int]]] = {}
    reached = {(start, start)}
    waiting = [(start, start)]
    while waiting:
        pair = waiting.pop()
        for one in follows[pair[0]]:
            for other in follows[pair[1]]:
                if not _meet(steps[one][1], steps[other][1]):
                    continue
                links.setdefault((one, other), []).append(pair)
                if (one, other) not in reached:
                    reached.add((one, other))
                    waiting.append((one, other))
    behind: set[tuple[int, int]] = set()
    waiting = [(start, start)]
    while waiting:
        for pair in links.get(waiting.pop(), ()):
            if pair not in behind:
                behind.add(pair)
                waiting.append(pair)
    return any(one != other for one, other in behind)


def _meet(one: Ranges, other: Ranges) -> bool:
    return any(
        max(low, low_other) <= min(high, high_other)
        for low, high in one
        for low_other, high_other in other
    )
