"""The inputs of a spec in the order in which the server looks at them.

The children of an operator are stably sorted by their names as written, the nameless and the
crons first; then children are visited before their parent. Of a node that sets several
operators only the first is entered (pachyderm: src/pps/util.go).
"""

from __future__ import annotations

from functools import lru_cache

from bcdslc.rule.input_walk import Node
from bcdslc.spec.message import Input
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_ORDER = ("cross", "join", "group", "union")


@lru_cache(maxsize=4)
def visited(spec: Spec) -> tuple[Node, ...]:
    """Return the inputs in the server's order, the root last."""
    found: list[Node] = []
    if spec.request.input is not None:
        _visit(Node(path=("input",), input=spec.request.input, above=()), found)
    return tuple(found)


def _visit(node: Node, found: list[Node]) -> str:
    """Add the inputs below a node, then itself, and return the name that it is sorted by."""
    name = (node.input.pfs.name or "") if node.input.pfs else ""
    for operator in _ORDER:
        parts: tuple[Input, ...] = getattr(node.input, operator) or ()
        if not parts:
            continue
        above = (*node.above, operator)
        below: list[tuple[str, list[Node]]] = []
        for index, part in enumerate(parts):
            inner: list[Node] = []
            path = (*node.path, operator, index)
            below.append((_visit(Node(path=path, input=part, above=above), inner), inner))
        below.sort(key=lambda part: part[0])
        if node.input.pfs is None:
            name = below[0][0]
        for _, inner in below:
            found += inner
        break
    found.append(node)
    return name


@lru_cache(maxsize=4)
def positions(spec: Spec) -> dict[Path, int]:
    """Return the place of each input's path in the order of the visit."""
    return {node.path: number for number, node in enumerate(visited(spec))}


def position(spec: Spec, path: Path) -> int:
    """Return when the server comes to the input that a path lies in; late if it never does."""
    found = positions(spec)
    for length in range(len(path), 0, -1):
        if path[:length] in found:
            return found[path[:length]]
    return len(found)


@lru_cache(maxsize=4)
def branches(spec: Spec) -> dict[Path, str]:
    """Return the branch that each pfs input reads, as the server fills it in (section 2.8)."""
    found: dict[Path, str] = {}
    count: dict[str, int] = {}
    for node in visited(spec):
        pfs = node.input.pfs
        if pfs is None:
            continue
        branch = pfs.branch or "master"
        if not pfs.branch and pfs.trigger is not None:
            repo = pfs.repo or ""
            count[repo] = count.get(repo, 0) + 1
            branch = f"{spec.name}-trigger-{count[repo]}"
        found[node.path] = branch
    return found
