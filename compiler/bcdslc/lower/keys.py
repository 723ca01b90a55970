"""The text of each key: `$n` counts the brackets of the emitted glob."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bcdsl.frozen import dataclass
from bcdsl.input_names import leaf_names
from bcdsl.model import Key, KeyPart
from bcdsl.pattern.tree import Fixed
from bcdsl.pattern.write import Written
from bcdslc.lower.fixed_parts import fixed_parts
from bcdslc.lower.key_names import KeyNames, in_order
from bcdslc.lower.placed import KeyScope, Placed, PlacedPfs, placed_leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The two keys of a leaf; empty for none."""

    join_on: str
    group_by: str


def keys(
    placed: Placed, names: Mapping[KeyScope, KeyNames], written: Mapping[PlacedPfs, Written]
) -> Mapping[PlacedPfs, Keys]:
    """Return the keys of every leaf of an arranged tree.

    A key lists its names in the order of the pattern of the first leaf of its scope.
    """
    found = [leaf for leaf in placed_leaves(placed) if isinstance(leaf, PlacedPfs)]
    orders: dict[KeyScope, tuple[str, ...]] = {}
    for leaf in found:
        for scope in (leaf.join, leaf.group):
            if scope is not None and scope not in orders:
                orders[scope] = tuple(in_order(names[scope].names, leaf.leaf))
    fixed = fixed_parts(placed)

    def text(leaf: PlacedPfs, key: Key | None, scope: KeyScope | None) -> str:
        if key is not None:
            return _written_key(fixed.parts(key, scope), leaf, written[leaf])
        if scope is None:
            return ""
        numbers = written[leaf].numbers
        return names[scope].separator.join(f"${numbers[name]}" for name in orders[scope])

    return {
        leaf: Keys(
            join_on=text(leaf, leaf.leaf.join_on, leaf.join),
            group_by=text(leaf, leaf.leaf.group_by, leaf.group),
        )
        for leaf in found
    }


def _written_key(parts: Sequence[KeyPart], placed: PlacedPfs, written: Written) -> str:
    found = [_text_or_number(part, placed, written) for part in parts]
    return "".join(
        part if isinstance(part, str) else _reference(part, found[index + 1 :])
        for index, part in enumerate(found)
    )


def _text_or_number(part: KeyPart, placed: PlacedPfs, written: Written) -> str | int:
    """Return a part of a written key as text for a template, or as a bracket of the glob."""
    if part.text is not None:
        return part.text.replace("$", "$$")
    if part.number == 0:
        return 0
    for name, node in leaf_names(placed.leaf).items():
        if name == part.name or node.number == part.number:
            if isinstance(node, Fixed):
                return node.text.replace("$", "$$")
            return written.numbers[name]
    return written.raw[part.number or 0]


def _reference(number: int, after: Sequence[str | int]) -> str:
    following = next((part for part in after if part != ""), "")
    digit = isinstance(following, str) and following[:1].isdecimal()
    return f"${{{number}}}" if digit else f"${number}"
