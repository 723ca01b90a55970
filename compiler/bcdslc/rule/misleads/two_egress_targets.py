"""`egress.URL` wins over a target beside it. Part 1.6 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def two_egress_targets(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an egress with `URL` and another target."""
    egress = spec.request.egress
    if egress is None or not egress.URL:
        return
    for field, target in (
        ("objectStorage", egress.object_storage),
        ("sqlDatabase", egress.sql_database),
    ):
        if target is not None:
            yield Finding(
                path=("egress", field),
                message=f"nothing goes to `{field}`: `URL` wins",
                help="keep one target",
                labels=((("egress", "URL"), "wins"),),
                on_key=True,
            )


RULE = Rule(code="BC757", kind=Kind.MISLEADS, severity=Severity.WARNING, check=two_egress_targets)
