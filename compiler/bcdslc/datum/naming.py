"""What a document's names are bound to in entries: the author's words for keys.

A spec written by others has no names; then everything here is empty.
"""

from __future__ import annotations

from collections.abc import Mapping

from bcdsl.input_names import leaf_names, leaves_of
from bcdsl.model import Inputs, PfsLeaf
from bcdslc.datum.node import Node, leaves
from bcdslc.datum.source import Entry, Source
from bcdslc.glob.named import NamedMatcher, bindings


class _Remembering:
    """A pattern's matcher that knows its last answer: joined entries often have one path."""

    def __init__(self, matcher: NamedMatcher) -> None:
        self._matcher = matcher
        self._path = ""
        self._found: Mapping[str, str] | None = None

    def match(self, path: str) -> Mapping[str, str] | None:
        if path != self._path:
            self._found = self._matcher.match(path[:-1] if path[-1] == "/" else path)
            self._path = path
        return self._found


class Naming:
    """Knows the patterns of one stage's inputs."""

    def __init__(self, inputs: Inputs | None) -> None:
        self._leaves: dict[tuple[str, str], list[PfsLeaf]] = {}
        self._matchers: dict[Source, list[_Remembering]] = {}
        self._by_text: dict[str, _Remembering] = {}
        for item in inputs.items if inputs is not None else ():
            for leaf in leaves_of(item):
                if isinstance(leaf, PfsLeaf):
                    place = leaf.name.value, leaf.repo.value
                    self._leaves.setdefault(place, []).append(leaf)

    def patterns(self, source: Source) -> list[PfsLeaf]:
        """Return the leaves that a source may come from: one, but for alternatives of a union."""
        return self._leaves.get((source.name, source.repo), [])

    def bound(self, entry: Entry) -> Mapping[str, str]:
        """Return the text of each name of an entry's pattern."""
        source, path = entry.source, entry.path
        matchers = self._matchers.get(source)
        if matchers is None:
            matchers = self._matchers[source] = self._matchers_of(source)
        for matcher in matchers:
            found = matcher.match(path)
            if found is not None:
                return found
        return {}

    def _matchers_of(self, source: Source) -> list[_Remembering]:
        patterns = [leaf.pattern for leaf in self.patterns(source) if "<" in leaf.pattern.text]
        for pattern in patterns:
            if pattern.text not in self._by_text:
                self._by_text[pattern.text] = _Remembering(bindings(pattern))
        return [self._by_text[pattern.text] for pattern in patterns]

    def names(self, node: Node) -> tuple[str, ...]:
        """Return the names that all leaves of a node have, in the order of the first pattern."""
        found: list[tuple[str, ...]] = []
        for leaf in leaves(node):
            patterns = self.patterns(leaf.source)
            found.append(tuple(leaf_names(patterns[0])) if patterns else ())
        return tuple(name for name in found[0] if all(name in names for names in found))

    def all_names(self, node: Node) -> tuple[str, ...]:
        """Return every name of a node's leaves, in order of appearance."""
        names: dict[str, None] = {}
        for leaf in leaves(node):
            for pattern in self.patterns(leaf.source):
                names.update(dict.fromkeys(leaf_names(pattern)))
        return tuple(names)
