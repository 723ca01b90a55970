"""The glob of each leaf: only names that a key uses keep their brackets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bcdsl.input_names import leaf_names
from bcdsl.model import Key, PfsLeaf
from bcdsl.pattern.write import Written, write_glob
from bcdslc.lower.key_names import KeyNames
from bcdslc.lower.placed import KeyScope, Placed, PlacedPfs, placed_leaves


def globs(placed: Placed, names: Mapping[KeyScope, KeyNames]) -> Mapping[PlacedPfs, Written]:
    """Return the emitted glob of every leaf that reads files."""
    return {
        found: write_glob(found.leaf.pattern, _kept(found, names))
        for found in placed_leaves(placed)
        if isinstance(found, PlacedPfs)
    }


def _kept(placed: PlacedPfs, names: Mapping[KeyScope, KeyNames]) -> frozenset[str]:
    kept: frozenset[str] = frozenset()
    for scope, key in (
        (placed.join, placed.leaf.join_on),
        (placed.group, placed.leaf.group_by),
    ):
        if key is not None:
            kept |= frozenset(_named(key, placed.leaf))
        elif scope is not None:
            kept |= names[scope].names
    return kept


def _named(key: Key, leaf: PfsLeaf) -> Iterator[str]:
    """Yield the names that a written key refers to, by name or by number."""
    bound = leaf_names(leaf)
    for part in key.parts:
        if part.name is not None:
            yield part.name
        elif part.number is not None:
            yield from (name for name, node in bound.items() if node.number == part.number)
