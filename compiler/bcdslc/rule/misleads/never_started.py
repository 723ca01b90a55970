"""Inputs that all keep their commits to themselves: then no commit starts a job.

Part 1.4 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.message import PropagationSpec
from bcdslc.spec.spec import Spec


def never_started(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a pipeline none of whose inputs starts jobs."""
    inputs = pfs_inputs(spec)
    if (
        inputs
        and not cron_inputs(spec)
        and all(_silent(place.pfs.propagation_spec) for place in inputs)
    ):
        yield Finding(
            path=(*inputs[0].path, "propagationSpec"),
            message="no commit starts a job: every input has `propagationSpec.never`",
            help="leave it out for the input whose commits are to start jobs",
            on_key=True,
        )


def _silent(propagation: PropagationSpec | None) -> bool:
    return propagation is not None and bool(propagation.never)


RULE = Rule(code="BC761", kind=Kind.MISLEADS, severity=Severity.WARNING, check=never_started)
