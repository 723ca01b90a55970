"""A part of a join or group without a key has the empty key, which matches every other empty one.

Part 3.10-33 of the spec reference, 5.5 and 5.6 of the glob rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.glob_reading import is_literal
from bcdslc.rule.input_walk import Node, PfsAt, nodes, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_key(spec: Spec, world: World) -> Iterator[Finding]:
    """Find joins and groups of which some leaf has no key, once for each that has keys."""
    leaves = pfs_inputs(spec)
    for node in nodes(spec):
        for operator in ("join", "group"):
            parts = node.input.join if operator == "join" else node.input.group
            if parts:
                yield from _without(node, operator, leaves)


def _without(node: Node, operator: str, leaves: tuple[PfsAt, ...]) -> Iterator[Finding]:
    field = "joinOn" if operator == "join" else "groupBy"
    here = (*node.path, operator)
    below = [
        leaf
        for leaf in leaves
        if leaf.path[: len(here)] == here
        # of the operators between here and the leaf, a second of this kind has the key
        and operator not in leaf.above[len(node.above) + 1 :]
    ]
    keyless = [
        leaf
        for leaf in below
        if not (leaf.pfs.join_on if operator == "join" else leaf.pfs.group_by)
    ]
    if not keyless:
        return
    if len(keyless) == len(below):
        if all(is_literal(leaf.pfs.glob or "/") for leaf in below):
            return  # one file or folder each: nothing for a key to tell apart
        if operator == "join" and len(below) == 1:
            return
        yield Finding(
            path=here,
            message=f"no part of the join has a `{field}`: everything joins with everything"
            if operator == "join"
            else f"no part of the group has a `{field}`: all files become one datum",
            help=f"write a capture group into each glob and `{field}: $1` beside it"
            + ("" if operator == "join" else "; for one datum of all files use the glob `/`"),
            on_key=True,
        )
        return
    for leaf in keyless:
        yield Finding(
            path=leaf.path,
            message=f"this part of the {operator} has no `{field}`: its files have the empty key "
            "and meet none of the others",
            help=f"write a capture group into the glob and `{field}: $1` beside it",
            on_key=True,
        )


RULE = Rule(code="BC746", kind=Kind.MISLEADS, severity=Severity.WARNING, check=no_key, guesses=True)
