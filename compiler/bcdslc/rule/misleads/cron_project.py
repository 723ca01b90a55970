"""The tick repo is made in the pipeline's project, whatever `cron.project` says.

Part 3.10-29 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def cron_project(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons with a project that is not the pipeline's."""
    pipeline = spec.request.pipeline
    if pipeline is None or pipeline.project is None:
        return  # then the project is that of whoever applies it
    for place in cron_inputs(spec):
        project = place.cron.project
        if project and project != spec.project:
            yield Finding(
                path=(*place.path, "project"),
                message=f"the ticks go to the project `{spec.project}` and are expected in "
                f"`{project}`: none ever arrives",
                help="leave the cron's `project` out",
                labels=((("pipeline", "project", "name"), "the pipeline's project"),),
                repair=Replace(
                    path=(*place.path, "project"), value=None, title="remove the cron's `project`"
                ),
            )


RULE = Rule(code="BC753", kind=Kind.MISLEADS, severity=Severity.ERROR, check=cron_project)
