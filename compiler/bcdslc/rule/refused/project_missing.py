"""A pipeline's project must exist: the server reads the project's defaults first."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def project_missing(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a project that does not exist, where all that exist are known."""
    name = spec.project
    if world.closed and name != "default" and name not in world.projects:
        yield Finding(
            path=("pipeline", "project", "name"),
            message=f"there is no project `{name}`",
            help="create the project first",
            server="could not make effective spec: "
            + f"could not get defaults for project {name}: " * 2
            + f'error getting project "{name}": get project by name: project "{name}" not found',
        )


RULE = Rule(code="BC611", kind=Kind.REFUSED, severity=Severity.ERROR, check=project_missing)
