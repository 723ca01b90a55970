"""What a pattern binds on a path: texts by name instead of by number."""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.frozen import dataclass
from bcdsl.pattern.tree import Fixed, Group, Pattern
from bcdsl.pattern.walk import walk
from bcdslc.glob.matcher import Matcher, compile_glob


@dataclass(frozen=True, slots=True)
class NamedMatcher:
    """A pattern's matcher, the capture that each name is, and the names that are fixed."""

    matcher: Matcher
    numbers: Mapping[str, int]
    fixed: Mapping[str, str]

    def match(self, path: str) -> Mapping[str, str] | None:
        """Return the text of each name for a path without trailing slash; None: no match."""
        captures = self.matcher.match(path)
        if captures is None:
            return None
        return self.of(captures)

    def of(self, captures: tuple[str, ...]) -> Mapping[str, str]:
        """Return the text of each name, given what the matcher captured."""
        found = {name: captures[number] for name, number in self.numbers.items()}
        if self.fixed:
            found.update(self.fixed)
        return found


def bindings(pattern: Pattern) -> NamedMatcher:
    """Return the matcher that gives texts to a pattern's names."""
    numbers: dict[str, int] = {}
    fixed: dict[str, str] = {}
    groups = 0
    for node in walk(pattern.nodes):
        if isinstance(node, Fixed):
            fixed[node.name] = node.text
        elif isinstance(node, Group):
            groups += 1
            if node.name is not None:
                numbers[node.name] = groups
    return NamedMatcher(matcher=compile_glob(pattern), numbers=numbers, fixed=fixed)
