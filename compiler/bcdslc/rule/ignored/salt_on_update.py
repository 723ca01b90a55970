"""A salt counts when the pipeline is first created, never after. Part 4.2 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def salt_on_update(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a salt in a spec that says it is an update or a reprocessing."""
    request = spec.request
    if request.salt and (request.update or request.reprocess):
        field = "update" if request.update else "reprocess"
        yield Finding(
            path=("salt",),
            message="an update keeps the pipeline's first salt, and a reprocessing draws a random "
            "one: this `salt` is not used",
            help="remove `salt`",
            labels=(((field,), "makes this an update"),),
            on_key=True,
        )


RULE = Rule(code="BC777", kind=Kind.IGNORED, severity=Severity.WARNING, check=salt_on_update)
