"""A bucket shows a whole commit, so an S3 input's glob is `/`."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.canonical_glob import canonical_glob
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def s3_glob(spec: Spec, world: World) -> Iterator[Finding]:
    """Find S3 inputs with another glob, or none."""
    for leaf in pfs_inputs(spec):
        glob = leaf.pfs.glob or ""
        if leaf.pfs.s3 and (not glob or canonical_glob(glob) != "/"):
            path = (*leaf.path, "glob")
            yield Finding(
                path=path,
                message="an input with `s3` has the glob `/`: a bucket shows a whole commit",
                help='write `"glob": "/"`',
                server="inputs that set 's3' to 'true' must also set 'glob', to \"/\", as the S3 "
                "gateway is only able to expose data at the commit level",
                repair=Replace(path=path, value="/", title="write the glob `/`"),
            )


RULE = Rule(code="BC629", kind=Kind.REFUSED, severity=Severity.ERROR, check=s3_glob)
