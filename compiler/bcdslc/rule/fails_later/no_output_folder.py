"""With `s3Out` there is no `/pfs/out`: output goes to a bucket. Part 5.1 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import folders
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def no_output_folder(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a command that names `/pfs/out` though the output is a bucket."""
    if not spec.request.s3_out:
        return
    for path, name in folders(spec):
        if name == "out":
            yield Finding(
                path=path,
                message="there is no `/pfs/out`: with `s3Out` the output is the bucket `out`",
                help="write to `s3://out` at the address in `$S3_ENDPOINT`, or drop `s3Out`",
                labels=((("s3Out",), "sends the output to a bucket"),),
            )
            return


RULE = Rule(code="BC726", kind=Kind.FAILS_LATER, severity=Severity.WARNING, check=no_output_folder)
