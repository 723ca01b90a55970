"""The places of the fields of a spec that stands in a file, found when first asked for."""

from __future__ import annotations

from collections.abc import Callable

from bcdsl.frozen import dataclass
from bcdsl.source import Span
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence
from bcdslc.spec.origin import Path
from bcdslc.spec.spelling import camel_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one value stands: the node around it, its number there, its key if it has one."""

    node: Node
    parent: Mapping | Sequence | None = None
    number: int = 0
    key: Scalar | None = None


class FilePlaces:
    """Knows the places of one spec in a file; keys may be in either spelling."""

    __slots__ = ("_load", "_root")

    def __init__(self, load: Callable[[], Node]) -> None:
        self._load = load
        self._root: Node | None = None

    @property
    def root(self) -> Node:
        """The tree of the spec."""
        if self._root is None:
            self._root = self._load()
        return self._root

    def find(self, path: Path) -> Place | None:
        """Return the place of exactly this field, or None if it is not written."""
        place, left = self._walk(path)
        return None if left else place

    def at(self, path: Path) -> Span | None:
        """Return the place of a field's value; of one not written, what it is missing from."""
        place, left = self._walk(path)
        if not left:
            return place.node.span
        return _head(place)

    def key(self, path: Path) -> Span | None:
        """Return the place of a field's key, or of the head of what lacks it."""
        return _head(self._walk(path)[0])

    def _walk(self, path: Path) -> tuple[Place, int]:
        """Return the last place on the way that is written, and how many steps were left."""
        place = Place(node=self.root)
        for number, step in enumerate(path):
            below = _step(place.node, step)
            if below is None:
                return place, len(path) - number
            place = below
        return place, 0


def _step(node: Node, step: str | int) -> Place | None:
    if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
        return Place(node=node.items[step], parent=node, number=step)
    if not isinstance(node, Mapping):
        return None
    found = None
    for number, (key, value) in enumerate(node.entries):
        if key.text == step:  # the last of equal ones is what pachctl takes
            found = Place(node=value, parent=node, number=number, key=key)
    if found is None:
        for number, (key, value) in enumerate(node.entries):
            if camel_of(key.text) == step:
                return Place(node=value, parent=node, number=number, key=key)
    return found


def _head(place: Place) -> Span:
    """Return the key of a place, or the start of a value that has no key."""
    if place.key is not None:
        return place.key.span
    node = place.node
    if isinstance(node, Scalar):
        return node.span
    if isinstance(node, Mapping) and node.entries and not node.flow:
        return node.entries[0][0].span
    return Span(node.source, node.start, min(node.start + 1, node.end))
