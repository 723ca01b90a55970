"""Which inputs belong together: the natural join that `from` and `each` describe.

Inputs that share a name, directly or through others, are tied. A tied group falls into parts:
what only fixed names tie stands in different parts, since a fixed name has one value and ties
nothing that could differ. Pachyderm gives an input one key, so a part can be said only if
every two of its inputs share the same names; `Part.sayable` decides it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from bcdsl.frozen import dataclass
from bcdsl.input_names import fixed_names, is_kept, item_names
from bcdsl.model import Inputs, Item


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tie:
    """One item as an input of the natural join."""

    item: Item
    names: frozenset[str]  # fixed ones too
    free: frozenset[str]  # those that are not fixed
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """Inputs tied by names that are not fixed; `each` holds those of `each` that are its own."""

    inputs: tuple[Tie, ...]
    shared: frozenset[str]  # free names that all inputs have; of a single input, all its own
    each: frozenset[str]
    sayable: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TiedGroup:
    """Inputs that share a name, directly or through others; or one input alone."""

    inputs: tuple[Tie, ...]
    parts: tuple[Part, ...]

    @property
    def keeps(self) -> bool:
        """Some input keeps the rows that others lack."""
        return any(tie.kept for tie in self.inputs)

    @property
    def only_fixed(self) -> bool:
        """Nothing but fixed names ties the group."""
        return len(self.inputs) > 1 and all(len(part.inputs) == 1 for part in self.parts)


def tie(inputs: Inputs) -> tuple[TiedGroup, ...]:
    """Return the tied groups of a stage's inputs, in the order of their first inputs."""
    each = frozenset(name.value for name in inputs.each or ())
    ties = tuple(_tie(item) for item in inputs.items)
    return tuple(
        TiedGroup(
            inputs=group,
            parts=tuple(_part(part, each) for part in _components(group, lambda tie: tie.free)),
        )
        for group in _components(ties, lambda tie: tie.names)
    )


def _tie(item: Item) -> Tie:
    names = item_names(item)
    return Tie(
        item=item,
        names=names,
        free=names - fixed_names(item) if names else names,
        kept=is_kept(item),
    )


def _part(inputs: tuple[Tie, ...], each: frozenset[str]) -> Part:
    counts = Counter(name for tie in inputs for name in tie.free)
    shared = frozenset(name for name, count in counts.items() if count == len(inputs))
    return Part(
        inputs=inputs,
        shared=shared,
        each=each & shared,
        sayable=all(count in (1, len(inputs)) for count in counts.values()),
    )


def _components(
    ties: Iterable[Tie], names: Callable[[Tie], frozenset[str]]
) -> list[tuple[Tie, ...]]:
    """Return the inputs by what they share, directly or through others."""
    members: dict[int, list[tuple[int, Tie]]] = {}  # by group; groups grow into each other
    group_of: dict[str, int] = {}
    for index, tie in enumerate(ties):
        own = names(tie)
        touched = {group_of[name] for name in own if name in group_of}
        group = max(touched, key=lambda one: len(members[one]), default=index)
        whole = members.setdefault(group, [])
        whole.append((index, tie))
        for name in own:
            group_of[name] = group
        for other in touched - {group}:
            moved = members.pop(other)
            whole.extend(moved)
            for _, one in moved:
                for name in names(one):
                    group_of[name] = group
    found = [sorted(whole, key=lambda member: member[0]) for whole in members.values()]
    found.sort(key=lambda whole: whole[0][0])
    return [tuple(tie for _, tie in whole) for whole in found]
