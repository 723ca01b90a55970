"""A group of a pattern while its end is not read."""

from __future__ import annotations

from bcdsl.frozen import dataclass, field
from bcdsl.pattern.tree import Braces, Group, Node


@dataclass(slots=True)
class OpenGroup:
    """A group still open: the brace if `operator` is empty."""

    operator: str
    start: int
    number: int = 0
    name: str | None = None
    done: list[tuple[Node, ...]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)

    def close(self, closer: str, end: int) -> Node:
        """Return the node of the group, which `closer` ends."""
        alternatives = (*self.done, tuple(self.nodes))
        if not self.operator:
            return Braces(alternatives=alternatives, closer=closer, start=self.start, end=end)
        return Group(
            operator=self.operator,
            alternatives=alternatives,
            number=self.number,
            name=self.name,
            closer=closer,
            start=self.start,
            end=end,
        )

    def crossed(self, found: str) -> tuple[str, str]:
        """Return what is wrong with a bracket that stands where this name is open, and a repair."""
        return (
            f"`{found}` stands where `<{self.name}:` is still open",
            f"close the name with `>` first, or write `\\{found}` for the character",
        )
