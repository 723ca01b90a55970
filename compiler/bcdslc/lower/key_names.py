"""Which names a key is made of, and what stands between them.

A name that stands inside another name of the key adds nothing to it, and is left out, if in
all leaves it is the same part of the same thing. Between parts stands `/` where each name
holds one and the same number of slashes everywhere, so that a key can be read in one way only;
else `+`, which no path in PFS has (globs reference, 3.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bcdsl.frozen import dataclass, replace
from bcdsl.input_names import leaf_names
from bcdsl.model import PfsLeaf
from bcdsl.pattern.slashes import slashes
from bcdsl.pattern.tree import Fixed, Group, Node
from bcdsl.pattern.walk import rewrite, walk
from bcdslc.lower.placed import KeyScope, Placed, PlacedPfs, placed_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyNames:
    """The names of one scope's key, without those that add nothing, and the separator."""

    names: frozenset[str]
    separator: str


def key_names(placed: Placed) -> Mapping[KeyScope, KeyNames]:
    """Return what each scope's key is made of."""
    leaves: dict[KeyScope, list[PfsLeaf]] = {}
    for found in placed_leaves(placed):
        if isinstance(found, PlacedPfs):
            for scope in (found.join, found.group):
                if scope is not None:
                    leaves.setdefault(scope, []).append(found.leaf)
    return {scope: _of(scope, members) for scope, members in leaves.items()}


def _of(scope: KeyScope, leaves: Sequence[PfsLeaf]) -> KeyNames:
    if len(scope.spaced) < 2:
        return KeyNames(names=scope.names, separator="/")
    bound = [leaf_names(leaf) for leaf in leaves]
    names = frozenset(name for name in scope.names if not _adds_nothing(name, scope.names, bound))
    spaced = frozenset(
        name for name in scope.spaced if not _adds_nothing(name, scope.spaced, bound)
    )
    level = all(_same_slashes(name, bound) for name in spaced)
    return KeyNames(names=names, separator="/" if level else "+")


def _same_slashes(name: str, bound: Sequence[Mapping[str, Group | Fixed]]) -> bool:
    counts = {slashes(names[name]) for names in bound}
    return len(counts) == 1 and None not in counts


def _adds_nothing(
    name: str, names: frozenset[str], bound: Sequence[Mapping[str, Group | Fixed]]
) -> bool:
    """Tell whether a name is, in all leaves, the same part of another name of the key."""
    return any(
        other != name and all(_holds(leaf[other], name) for leaf in bound) and _alike(other, bound)
        for other in names
    )


def _holds(node: Node, name: str) -> bool:
    return isinstance(node, Group) and any(
        isinstance(inner, Group) and inner.name == name
        for alternative in node.alternatives
        for inner in walk(alternative)
    )


def _alike(name: str, bound: Sequence[Mapping[str, Group | Fixed]]) -> bool:
    """Tell whether a name has one shape in all leaves, so that equal texts have equal parts.

    What a negation takes depends on the rest of the pattern (globs reference, 1.4).
    """
    shapes = {rewrite((names[name],), _shape) for names in bound}
    return len(shapes) == 1 and not any(
        isinstance(node, Group) and node.operator == "!" for shape in shapes for node in walk(shape)
    )


def _shape(node: Node) -> Node:
    if isinstance(node, Group):
        return replace(node, start=0, end=0, number=0, bare=False)
    return replace(node, start=0, end=0)


def in_order(names: frozenset[str], leaf: PfsLeaf) -> Iterator[str]:
    """Yield names in the order of a leaf's pattern."""
    return (name for name in leaf_names(leaf) if name in names)
