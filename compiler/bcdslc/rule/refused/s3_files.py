"""An S3 input is no directory, so its files cannot be lazy or empty."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def s3_files(spec: Spec, world: World) -> Iterator[Finding]:
    """Find S3 inputs with options for files."""
    for leaf in pfs_inputs(spec):
        for field, said, on in (
            ("lazy", "lazy", leaf.pfs.lazy),
            ("emptyFiles", "empty_files", leaf.pfs.empty_files),
        ):
            if leaf.pfs.s3 and on:
                path = (*leaf.path, field)
                yield Finding(
                    path=path,
                    message=f"an input with `s3` is a bucket: `{field}` has no meaning for it",
                    help=f"leave `{field}` out",
                    server=f"input cannot specify both 's3' and '{said}', as 's3' requires input "
                    "data to be accessed via Pachyderm's S3 gateway rather than the file system",
                    labels=(((*leaf.path, "s3"), "a bucket"),),
                    repair=Replace(path=path, value=None, title=f"leave `{field}` out"),
                    on_key=True,
                )


RULE = Rule(code="BC630", kind=Kind.REFUSED, severity=Severity.ERROR, check=s3_files)
