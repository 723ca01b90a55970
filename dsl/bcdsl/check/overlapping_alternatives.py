"""Alternatives of a union that can yield the same entries must not differ in anything else.

To Pachyderm a datum is its list of entries, each a name, a repo's name, a branch and a path
(globs reference, 6.1). Of two equal ones it drops the second, whatever its project, its keys
or its options were.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from itertools import combinations

from bcdsl.check.same_text import binds_alike
from bcdsl.check.stage_inputs import StageInputs, operators
from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.input_names import common_names, fixed_names, leaves_of
from bcdsl.model import Item, Key, Leaf, Operator, OperatorKind, PfsLeaf
from bcdsl.pattern.disjoint import disjoint
from bcdsl.source import Spanned

CODE = "BC467"
BOUND = 20_000  # pairs of patterns compared for one union; more count as not shown to be disjoint

_OPTIONS = ("keep", "empty_files", "lazy", "s3", "reference")


def overlapping_alternatives(view: StageInputs) -> Iterator[Diagnostic]:
    """Yield one problem for each union with two alternatives that Pachyderm would confuse."""
    for operator in operators(view.inputs.items):
        if operator.kind is OperatorKind.UNION:
            names = common_names(operator) - fixed_names(operator)
            found = next(_confused(operator, names), None)
            if found is not None:
                yield found


def _confused(union: Operator, names: frozenset[str]) -> Iterator[Diagnostic]:
    leaves = [list(leaves_of(item)) for item in union.items]
    looked = 0
    for first_index, second_index in _candidates(leaves, names):
        left, right = union.items[first_index], union.items[second_index]
        pairs = [
            (first, second)
            for first in leaves[first_index]
            for second in leaves[second_index]
            if _identity(first) == _identity(second)
        ]
        differing = [(*pair, what) for pair in pairs if (what := _difference(*pair, names))]
        if not differing:
            continue
        looked += len(pairs)
        alike = pairs if looked > BOUND else [pair for pair in pairs if _overlap(*pair)]
        if not _can_be_one(left, right, alike):
            continue
        for first, second, what in differing:
            if (first, second) in alike:
                yield _problem(first, second, what)


def _candidates(
    leaves: Sequence[Sequence[Leaf]], names: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of alternatives that can have an entry in common and may differ."""
    holders: dict[Hashable, dict[int, set[Hashable]]] = {}
    for index, members in enumerate(leaves):
        for leaf in members:
            holders.setdefault(_identity(leaf), {}).setdefault(index, set()).add(
                _options(leaf, names)
            )
    seen: set[tuple[int, int]] = set()
    for found in holders.values():
        if len(set[Hashable]().union(*found.values())) > 1:
            for pair in combinations(found, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _options(leaf: Leaf, names: frozenset[str]) -> Hashable:
    """Return something equal for leaves that surely do not differ beside their patterns."""
    if not isinstance(leaf, PfsLeaf):
        return None
    keys = names or leaf.join_on is not None or leaf.group_by is not None
    return (
        _value(leaf.project),
        *(bool(_value(getattr(leaf, option))) for option in _OPTIONS),
        id(leaf) if keys else None,
    )


def _identity(leaf: Leaf) -> Hashable:
    """Return what an entry shows of its input; a trigger's branch belongs to one input."""
    if isinstance(leaf, PfsLeaf):
        own = id(leaf) if leaf.trigger is not None else None
        return leaf.name.value, leaf.repo.value, leaf.branch.value, own
    return leaf.name.value, leaf.repo.value if leaf.repo else None


def _difference(first: Leaf, second: Leaf, names: frozenset[str]) -> str | None:
    """Return what two leaves differ in beside their entries, None if in nothing."""
    if not isinstance(first, PfsLeaf) or not isinstance(second, PfsLeaf):
        return None
    if _value(first.project) != _value(second.project):
        return "come from different projects"
    for option in _OPTIONS:
        if bool(_value(getattr(first, option))) != bool(_value(getattr(second, option))):
            return f"differ in `{option}`"
    for key in ("join_on", "group_by"):
        if not _one_key(getattr(first, key), getattr(second, key), first, second):
            return f"differ in `{key}`"
    for name in sorted(names):
        if not binds_alike(first.pattern, second.pattern, name):
            return f"bind `<{name}>` to different parts"
    return None


def _value(written: Spanned[str] | Spanned[bool] | None) -> str | bool | None:
    return written.value if written is not None else None


def _one_key(left: Key | None, right: Key | None, first: PfsLeaf, second: PfsLeaf) -> bool:
    """Tell whether two leaves' written keys are the same text for every common path."""
    left_parts = left.parts if left else ()
    right_parts = right.parts if right else ()
    if left_parts != right_parts:
        return False
    if any(part.number for part in left_parts):
        return first.pattern.nodes == second.pattern.nodes
    return all(
        binds_alike(first.pattern, second.pattern, part.name)
        for part in left_parts
        if part.name is not None
    )


def _overlap(first: Leaf, second: Leaf) -> bool:
    if isinstance(first, PfsLeaf) and isinstance(second, PfsLeaf):
        return not disjoint(first.pattern, second.pattern)
    return isinstance(first, PfsLeaf) == isinstance(second, PfsLeaf)


def _can_be_one(left: Item, right: Item, alike: list[tuple[Leaf, Leaf]]) -> bool:
    """Tell whether an alternative's datum can be a datum of the other: each entry has a twin."""
    firsts, seconds = {id(first) for first, _ in alike}, {id(second) for _, second in alike}
    return bool(alike) and _always(left) <= firsts and _always(right) <= seconds


def _always(item: Item) -> set[int]:
    """Return the leaves that have an entry in every datum of an item."""
    if not isinstance(item, Operator):
        return {id(item)}
    if item.kind is OperatorKind.CROSS or (
        item.kind is OperatorKind.JOIN and not any(map(_is_kept, leaves_of(item)))
    ):
        return {leaf for part in item.items for leaf in _always(part)} if _flat(item) else set()
    return set()


def _flat(item: Operator) -> bool:
    """Tell whether every part gives all its entries: a join takes combined parts apart."""
    return item.kind is OperatorKind.CROSS or not any(
        isinstance(part, Operator) for part in item.items
    )


def _is_kept(leaf: Leaf) -> bool:
    return isinstance(leaf, PfsLeaf) and leaf.keep is not None and leaf.keep.value


def _problem(first: Leaf, second: Leaf, what: str) -> Diagnostic:
    name = second.name.value
    return Diagnostic(
        code=CODE,
        message=f"two alternatives named `{name}` can be the same file and {what}: Pachyderm "
        "takes them for one datum and drops the second",
        span=second.span,
        labels=(Label(first.span, "the alternative that stays"),),
        help="give them different names, or patterns that match no path in common",
    )
