"""Fixed names in written keys.

A fixed name has one text. Where all keys of an operator begin, or end, with the same fixed
names, that text separates nothing and is left out. Elsewhere it stands in the key as text,
since a key that another leaf writes out must still be equal to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bcdsl.frozen import dataclass
from bcdsl.input_names import leaf_names
from bcdsl.model import Key, KeyPart
from bcdsl.pattern.tree import Fixed
from bcdslc.lower.placed import KeyScope, Placed, PlacedCron, PlacedPfs, placed_leaves


@dataclass(frozen=True, slots=True)
class FixedParts:
    """How many parts to leave out at the start and at the end of the keys of each scope."""

    ends: Mapping[KeyScope, tuple[int, int]]

    def parts(self, key: Key, scope: KeyScope | None) -> tuple[KeyPart, ...]:
        """Return the parts of a written key that are emitted."""
        start, end = self.ends.get(scope, (0, 0)) if scope is not None else (0, 0)
        return key.parts[start : len(key.parts) - end]


def fixed_parts(placed: Placed) -> FixedParts:
    """Return what written keys have in common, and need not say."""
    leaves = list(placed_leaves(placed))
    keys: dict[KeyScope, list[tuple[str | None, ...]]] = {}
    for leaf in leaves:
        if isinstance(leaf, PlacedCron):
            return FixedParts({})  # a clock has the empty key, to which nothing may become equal
        for scope, key in ((leaf.join, leaf.leaf.join_on), (leaf.group, leaf.leaf.group_by)):
            if scope is not None and key is not None:
                keys.setdefault(scope, []).append(tuple(_fixed(leaf, key)))
    return FixedParts({scope: _ends(members) for scope, members in keys.items()})


def _fixed(placed: PlacedPfs, key: Key) -> Iterator[str | None]:
    """Yield for each part the fixed name that it is, None for anything else."""
    bound = leaf_names(placed.leaf)
    numbers = {node.number: name for name, node in bound.items()}
    for part in key.parts:
        name = part.name if part.name is not None else numbers.get(part.number or 0)
        node = bound.get(name) if name is not None else None
        yield name if isinstance(node, Fixed) else None


def _ends(keys: Sequence[tuple[str | None, ...]]) -> tuple[int, int]:
    shortest = min(len(key) for key in keys)
    start = _alike(keys, shortest)
    return start, _alike([key[::-1] for key in keys], shortest - start)


def _alike(keys: Sequence[tuple[str | None, ...]], most: int) -> int:
    """Return how many parts all keys begin with that are the same fixed names."""
    count = 0
    while count < most and keys[0][count] is not None and len({key[count] for key in keys}) == 1:
        count += 1
    return count
