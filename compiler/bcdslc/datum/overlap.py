"""Files that are in several datums because an input matched a folder and what is in it."""

from __future__ import annotations

from bcdsl.frozen import dataclass
from bcdslc.datum.node import Leaf, Node, leaves


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """An input that matched a folder and things below it: how many, and the first pair."""

    leaf: Leaf
    inside: int
    folder: str
    below: str


def overlaps(node: Node) -> list[Overlap]:
    """Return the inputs whose matches lie in one another."""
    return [found for leaf in leaves(node) if (found := _overlap(leaf)) is not None]


def _overlap(leaf: Leaf) -> Overlap | None:
    folder = first = None
    inside = 0
    for entry in leaf.entries:
        path = entry.path
        if folder is not None and path.startswith(folder):
            inside += 1
            first = first or (folder, path)
        elif path[-1] == "/":
            folder = path
    if first is None:
        return None
    return Overlap(leaf=leaf, inside=inside, folder=first[0], below=first[1])
