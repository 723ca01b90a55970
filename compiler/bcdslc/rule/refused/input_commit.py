"""An input reads a branch, never a commit (2.6 and later)."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_commit(spec: Spec, world: World) -> Iterator[Finding]:
    """Find pfs inputs that name a commit."""
    for leaf in pfs_inputs(spec):
        if leaf.pfs.commit and world.target >= 6:
            yield Finding(
                path=(*leaf.path, "commit"),
                message="an input cannot read a commit",
                help="make a branch whose head is the commit, and read the branch",
                server="input cannot come from a commit; "
                "use a branch with head pointing to the commit",
            )


RULE = Rule(code="BC631", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_commit)
