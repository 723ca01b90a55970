"""The type of an input's repo is one of a few words, and `user` of all but restores."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.refused.input_repo_unknown import TYPES
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def repo_type(spec: Spec, world: World) -> Iterator[Finding]:
    """Find repo types that do not exist."""
    for leaf in pfs_inputs(spec):
        kind = leaf.pfs.repo_type
        if kind and kind not in TYPES:
            path = (*leaf.path, "repoType")
            yield Finding(
                path=path,
                message=f"there is no type of repo `{kind}`",
                help="leave `repoType` out: inputs read repos of type `user`",
                server="scanning repo row: ERROR: invalid input value for enum pfs.repo_type: "
                f'"{kind}" (SQLSTATE 22P02)',
                repair=Replace(path=path, value=None, title="leave `repoType` out"),
            )


RULE = Rule(code="BC641", kind=Kind.REFUSED, severity=Severity.ERROR, check=repo_type)
