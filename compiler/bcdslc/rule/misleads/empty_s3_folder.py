"""An `s3` input is a bucket; its folder under `/pfs` is empty. Part 5.9 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import folders
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def empty_s3_folder(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a command that reads the folder of an input served as a bucket."""
    buckets = {place.name: place for place in pfs_inputs(spec) if place.pfs.s3}
    if not buckets:
        return
    for path, name in folders(spec):
        if name in buckets:
            yield Finding(
                path=path,
                message=f"`/pfs/{name}` is empty: the input is the bucket `{name}`",
                help=f"read `s3://{name}` at the address in `$S3_ENDPOINT`, or drop `s3`",
                labels=(((*buckets[name].path, "s3"), "makes it a bucket"),),
            )


RULE = Rule(code="BC767", kind=Kind.MISLEADS, severity=Severity.WARNING, check=empty_s3_folder)
