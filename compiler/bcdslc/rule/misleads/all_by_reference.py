"""Inputs that are all `reference`: then no changed file is processed again.

Part 4.2 of the spec reference: the content of such inputs is no part of a datum's hash.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def all_by_reference(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a pipeline none of whose inputs counts with its content."""
    inputs = pfs_inputs(spec)
    always = spec.request.reprocess_spec == "every_job" or spec.request.s3_out
    if not inputs or cron_inputs(spec) or always:
        return
    if all(place.pfs.reference for place in inputs):
        yield Finding(
            path=(*inputs[0].path, "reference"),
            message="a changed file is never processed again: every input is a `reference`",
            help="leave `reference` out for the input whose changes count",
            on_key=True,
        )


RULE = Rule(code="BC769", kind=Kind.MISLEADS, severity=Severity.WARNING, check=all_by_reference)
