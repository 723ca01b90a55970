"""A pfs input says with `glob` what its datums are."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_glob_missing(spec: Spec, world: World) -> Iterator[Finding]:
    """Find pfs inputs without glob."""
    for leaf in pfs_inputs(spec):
        if not leaf.pfs.s3 and not leaf.pfs.glob:
            yield Finding(
                path=(*leaf.path, "glob"),
                message=f"the input `{leaf.name}` has no glob",
                help="write `/` for the whole repo as one datum, `/*` for one datum per entry",
                server="input must specify a glob",
            )


RULE = Rule(code="BC628", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_glob_missing)
