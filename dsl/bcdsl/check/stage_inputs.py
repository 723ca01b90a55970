"""The inputs of one stage as the rules see them, and the author's words for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.frozen import dataclass
from bcdsl.input_names import leaf_names, leaves_of
from bcdsl.model import CronLeaf, Inputs, Item, Leaf, Operator, OperatorKind, PfsLeaf, Stage
from bcdsl.source import Span
from bcdsl.ties import TiedGroup


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StageInputs:
    """A stage that reads, and what is tied together in it."""

    stage: Stage
    inputs: Inputs
    groups: tuple[TiedGroup, ...]


def operators(items: Iterable[Item]) -> Iterator[Operator]:
    """Yield the written operators, an outer one before what it holds."""
    for item in items:
        if isinstance(item, Operator):
            yield item
            yield from operators(item.items)


def leaves(items: Iterable[Item]) -> Iterator[Leaf]:
    """Yield all leaves in the order written."""
    for item in items:
        yield from leaves_of(item)


def pfs_leaves(item: Item) -> Iterator[PfsLeaf]:
    """Yield the leaves below an item that read files."""
    return (leaf for leaf in leaves_of(item) if isinstance(leaf, PfsLeaf))


def holds(item: Item, kind: OperatorKind) -> bool:
    """Tell whether an operator of a kind is the item or stands in it."""
    return any(operator.kind is kind for operator in operators((item,)))


def called(item: Item) -> str:
    """Return what the author calls an input, in backticks."""
    match item:
        case PfsLeaf() | CronLeaf():
            return f"`{item.name.value}`"
        case Operator():
            return f"the `{item.kind.value}`"


def together(words: Iterable[str]) -> str:
    """Return words as a list in a sentence."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def name_span(item: Item, name: str) -> Span:
    """Return where a name stands in the pattern of the first leaf that has it."""
    for leaf in pfs_leaves(item):
        node = leaf_names(leaf).get(name)
        if node is not None:
            return leaf.pattern_span.within(node.start, node.end)
    return item.span


def key_of(leaf: PfsLeaf, kind: OperatorKind) -> bool:
    """Tell whether a leaf writes the key that a join, or else a group, uses."""
    return (leaf.join_on if kind is OperatorKind.JOIN else leaf.group_by) is not None


def writes_keys(operator: Operator) -> bool:
    """Tell whether some leaf below a join or group writes its key."""
    return any(key_of(leaf, operator.kind) for leaf in pfs_leaves(operator))
