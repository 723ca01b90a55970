"""Keys are for joins and groups: elsewhere they tie nothing.

Part 3.11 of the spec reference; a key still sets `PACH_DATUM_NAME_JOIN_ON` or `…_GROUP_BY`
(part 5.2), so a spec that reads the variable is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import PfsAt, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def key_outside_operator(spec: Spec, world: World) -> Iterator[Finding]:
    """Find keys, and `outerJoin`, that no operator above reads."""
    for place in pfs_inputs(spec):
        for field, given, operator in _given(place):
            if given and operator not in place.above and not _reads(spec, field):
                yield Finding(
                    path=(*place.path, field),
                    message=f"`{field}` ties nothing here: the input is not in a `{operator}`",
                    help=f"put the inputs that belong together into a `{operator}`",
                    on_key=True,
                )


def _given(place: PfsAt) -> tuple[tuple[str, bool, str], ...]:
    return (
        ("joinOn", bool(place.pfs.join_on), "join"),
        ("outerJoin", bool(place.pfs.outer_join), "join"),
        ("groupBy", bool(place.pfs.group_by), "group"),
    )


def _reads(spec: Spec, field: str) -> bool:
    variable = {"joinOn": "_JOIN_ON", "groupBy": "_GROUP_BY"}.get(field)
    transform = spec.request.transform
    if variable is None or transform is None:
        return False
    return any(variable in text for text in (*(transform.cmd or ()), *(transform.stdin or ())))


RULE = Rule(code="BC771", kind=Kind.IGNORED, severity=Severity.WARNING, check=key_outside_operator)
