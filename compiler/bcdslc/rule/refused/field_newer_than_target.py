"""A field that the target version does not have yet."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.newer_fields import newer_fields
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def field_newer_than_target(spec: Spec, world: World) -> Iterator[Finding]:
    """Find fields newer than the target. 2.7 ignores unknown fields, the others refuse them."""
    if world.target >= 12:
        return
    for path, field in newer_fields(spec.request, world.target):
        outcome = "ignores it without a word" if world.target == 7 else "refuses it"
        yield Finding(
            path=path,
            message=f"`{field.camel}` is of Pachyderm 2.{field.since}, "
            f"and 2.{world.target} {outcome}",
            help=f"leave it out, or lint for `--target 2.{field.since}`",
            severity=Severity.WARNING if world.target == 7 else None,
            on_key=True,
        )


RULE = Rule(code="BC609", kind=Kind.REFUSED, severity=Severity.ERROR, check=field_newer_than_target)
