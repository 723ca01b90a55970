"""A field that the target version does not have yet."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.set_fields import set_fields
from bcdslc.spec.spec import Spec


def field_newer_than_target(spec: Spec, world: World) -> Iterator[Finding]:
    """Find fields newer than the target. 2.7 ignores unknown fields, the others refuse them."""
    if world.target >= 12:
        return
    for path, field in set_fields(spec.request):
        if field.since > world.target:
            outcome = "ignores it without a word" if world.target == 7 else "refuses it"
            yield Finding(
                path=path,
                message=f"`{field.camel}` is of Pachyderm 2.{field.since}, "
                f"and 2.{world.target} {outcome}",
                help=f"leave it out, or lint for `--target 2.{field.since}`",
                on_key=True,
            )


RULE = Rule(code="BC609", kind=Kind.REFUSED, severity=Severity.ERROR, check=field_newer_than_target)
