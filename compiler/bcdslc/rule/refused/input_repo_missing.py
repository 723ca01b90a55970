"""A pfs input names the repo it reads."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_repo_missing(spec: Spec, world: World) -> Iterator[Finding]:
    """Find pfs inputs with a name but no repo."""
    for leaf in pfs_inputs(spec):
        if leaf.pfs.name and not leaf.pfs.repo:
            yield Finding(
                path=(*leaf.path, "repo"),
                message=f"the input `{leaf.pfs.name}` names no repo",
                help="write `repo`",
                server="input must specify a repo",
            )


RULE = Rule(code="BC627", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_repo_missing)
