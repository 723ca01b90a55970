"""A repo that a cron names is deleted with the pipeline. Part 3.10-31 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def cron_repo(spec: Spec, world: World) -> Iterator[Finding]:
    """Find crons that tick into a repo which existed before, as far as that is known."""
    for place in cron_inputs(spec):
        repo = place.cron.repo
        if not repo or repo == f"{spec.name}_{place.cron.name}":
            continue
        if (spec.project, repo) in world.repos:
            yield Finding(
                path=(*place.path, "repo"),
                message=f"the ticks go into the repo `{repo}` that exists, and that is deleted "
                "with the pipeline",
                help="leave `repo` out: the cron gets a repo of its own",
            )


RULE = Rule(code="BC754", kind=Kind.MISLEADS, severity=Severity.WARNING, check=cron_repo)
