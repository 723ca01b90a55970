"""What a wrong value replaced: a label at the value that an overlay was laid over.

A profile lies over the profiles before it and over the document, a stage over `defaults`. Where
a problem stands in what lies above, the line below that it took the place of is shown too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.frozen import replace
from bcdsl.read.wrong import head
from bcdsl.source import Span
from bcdsl.yaml_tree import Mapping, Node, Scalar


def with_replaced(
    problems: Iterable[Diagnostic], document: Mapping, profiles: Sequence[Mapping]
) -> tuple[Diagnostic, ...]:
    """Return the problems, each with a label at what its value was laid over, if it was."""
    layers = (document, *profiles)
    places = _Places()
    return tuple(_labelled(problem, layers, places) for problem in problems)


def _labelled(problem: Diagnostic, layers: Sequence[Mapping], places: _Places) -> Diagnostic:
    span = problem.span
    if span is None:
        return problem
    for index in range(len(layers) - 1, -1, -1):
        path = places.path_to(layers[index], span)
        if path is None or path[:1] == ["profiles"]:
            continue
        below = _below(path, layers[:index], layers)
        if below is None or any(label.span == below for label in problem.labels):
            return problem
        return replace(problem, labels=(*problem.labels, Label(below, "replaces this")))
    return problem


def _below(path: list[str], under: Sequence[Mapping], layers: Sequence[Mapping]) -> Span | None:
    """Return the nearest value under a path: in the layers below, else in the defaults."""
    paths = [(layer, path) for layer in reversed(under)]
    if path[:1] == ["stages"] and len(path) > 2:
        paths += [(layer, ["defaults", *path[2:]]) for layer in reversed(layers)]
    for layer, keys in paths:
        found = _at(layer, keys)
        if isinstance(found, Scalar) and not found.null and not found.missing:
            return head(found)
    return None


class _Places:
    """Where the values of mappings stand, sorted when first asked for."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[list[int], list[tuple[Scalar, Node]]]] = {}

    def path_to(self, node: Node, span: Span) -> list[str] | None:
        """Return the keys that lead to the innermost value around a span, if it is no mapping."""
        if node.source is not span.source:
            return None
        path: list[str] = []
        while isinstance(node, Mapping):
            starts, entries = self._sorted(node)
            at = bisect_right(starts, span.start) - 1
            if at < 0 or span.end > entries[at][1].end:
                return None
            key, node = entries[at]
            path.append(key.text)
        return path

    def _sorted(self, node: Mapping) -> tuple[list[int], list[tuple[Scalar, Node]]]:
        found = self.known.get(id(node))
        if found is None:
            entries = sorted(node.entries, key=lambda entry: entry[1].start)
            found = self.known[id(node)] = ([value.start for _, value in entries], entries)
        return found


def _at(node: Node, path: Iterable[str]) -> Node | None:
    found: Node | None = node
    for key in path:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found
