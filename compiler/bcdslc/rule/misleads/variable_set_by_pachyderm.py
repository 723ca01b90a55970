"""Variables that Pachyderm sets after those of the spec, so that the spec's are lost.

Part 5.2 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.variables import CONTAINER, DATUM, S3, uses_s3, variables
from bcdslc.spec.spec import Spec


def variable_set_by_pachyderm(spec: Spec, world: World) -> Iterator[Finding]:
    """Find variables of the spec, or of its secrets, that Pachyderm overwrites."""
    for name, path, on_key in variables(spec):
        if name in CONTAINER or name in DATUM:
            yield Finding(
                path=path,
                message=f"Pachyderm sets `{name}` itself: this value is never seen",
                help="choose another name",
                on_key=on_key,
            )
        elif name in S3 and uses_s3(spec):
            yield Finding(
                path=path,
                message=f"a pipeline with S3 data gets `{name}` from Pachyderm: this value is "
                "never seen",
                help="hand your own credentials over under another name",
                on_key=on_key,
            )


RULE = Rule(
    code="BC743", kind=Kind.MISLEADS, severity=Severity.WARNING, check=variable_set_by_pachyderm
)
