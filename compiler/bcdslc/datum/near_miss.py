"""Files that have the shape of a pattern but whose text for a narrowed name is not allowed."""

from __future__ import annotations

from bcdsl.frozen import dataclass, replace
from bcdsl.input_names import leaf_names
from bcdsl.model import PfsLeaf
from bcdsl.pattern.slashes import slashes
from bcdsl.pattern.tree import DoubleStar, Group, Node, Pattern, Star, Text
from bcdsl.pattern.walk import rewrite
from bcdslc.datum.node import Leaf
from bcdslc.glob.matcher import Matcher, compile_glob
from bcdslc.glob.named import bindings


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A path, and the names whose text is outside what the pattern allows."""

    path: str
    wrong: tuple[tuple[str, str], ...]  # name, text


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMisses:
    """What one input leaves out for a name's sake: how many, and the first of them."""

    leaf: Leaf
    total: int
    first: tuple[NearMiss, ...]


def near_misses(leaf: Leaf, pattern: PfsLeaf, limit: int) -> NearMisses | None:
    """Return the files that a leaf would match if its narrowed names stood for anything."""
    narrowed = {
        name: group
        for name, group in leaf_names(pattern).items()
        if isinstance(group, Group) and not group.bare
    }
    if not narrowed:
        return None
    allowed = {name: _alone(group) for name, group in narrowed.items()}
    wide = bindings(_widened(pattern.pattern))
    matched = {entry.path for entry in leaf.entries}
    total = 0
    first: list[NearMiss] = []
    for path, captures in wide.matcher.over(leaf.source.files.entries):
        if path in matched:
            continue
        bound = wide.of(captures)
        wrong = [(n, bound[n]) for n, sub in allowed.items() if sub.match(bound[n]) is None]
        if wrong:
            total += 1
            if len(first) < limit:
                first.append(NearMiss(path=path, wrong=tuple(wrong)))
    return NearMisses(leaf=leaf, total=total, first=tuple(first)) if total else None


def _alone(group: Group) -> Matcher:
    return compile_glob(Pattern(text="", nodes=(group,)))


def _widened(pattern: Pattern) -> Pattern:
    """Return the pattern with every name standing for anything with as many slashes."""

    def change(node: Node) -> Node:
        if not isinstance(node, Group) or node.name is None or node.bare:
            return node
        if any(isinstance(inner, Group) for each in node.alternatives for inner in each):
            return node
        count = slashes(node)
        place = {"start": node.start, "end": node.end}
        anything: list[Node] = [DoubleStar(**place)] if count is None else [Star(**place)]
        for _ in range(count or 0):
            anything += [Text(text="/", **place), Star(**place)]
        return replace(node, alternatives=(tuple(anything),))

    return Pattern(text=pattern.text, nodes=rewrite(pattern.nodes, change))
