"""A pipeline makes the repo of its name, so no such repo may be there."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def output_repo_taken(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a repo, or a tick repo of the pipeline itself, with the pipeline's name."""
    name = spec.name
    if not world.closed:
        return  # specs that live together are looked at together
    own = [leaf for leaf in cron_inputs(spec) if name and leaf.cron.repo == name]
    if own or (spec.project, name) in world.repos:
        yield Finding(
            path=(*own[0].path, "repo") if own else ("pipeline", "name"),
            message=f"the tick repo `{name}` would take the place of the pipeline's own repo"
            if own
            else f"there is a repo `{name}` already, where the pipeline's output would go",
            help="leave the cron's `repo` out" if own else "choose another name",
            server=f'pipeline "{name}" cannot be created because a repo with the same name '
            "already exists",
        )


RULE = Rule(code="BC643", kind=Kind.REFUSED, severity=Severity.ERROR, check=output_repo_taken)
