"""Parts without names keep their written order: to reorder them is to reprocess everything.

Part 2.8 of the spec reference: named inputs are sorted on the server, unnamed ones are not.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import children, nodes
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.message import PfsInput
from bcdslc.spec.spec import Spec


def unnamed_parts(spec: Spec, world: World) -> Iterator[Finding]:
    """Find operators with two and more unnamed inputs, where order is part of a datum's ID."""
    for node in nodes(spec):
        for operator, parts in children(node.input).items():
            unnamed = [part.pfs for part in parts if part.pfs is not None and not part.pfs.name]
            if operator != "union" and len(unnamed) > 1:
                yield Finding(
                    path=(*node.path, operator),
                    message=f"{len(unnamed)} inputs of the {operator} have no name: their order "
                    "in this file is part of each datum's ID",
                    help=f"give each its name, `name: {unnamed[0].repo or 'a'}`"
                    + _cost([part.pfs for part in parts]),
                    on_key=True,
                )


def _cost(parts: list[PfsInput | None]) -> str:
    """Say whether names change the order, and with it all IDs of an existing pipeline."""
    known = [part for part in parts if part is not None]
    before = sorted(known, key=lambda part: part.name or "")
    after = sorted(known, key=lambda part: part.name or part.repo or "")
    if before == after and len(known) == len(parts):
        return "; they stand in the order of these names, so nothing is processed again"
    return "; where that changes their order, an existing pipeline processes all its data again"


RULE = Rule(
    code="BC787", kind=Kind.STYLE, severity=Severity.NOTE, check=unnamed_parts, guesses=True
)
