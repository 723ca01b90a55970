"""A service takes exactly one datum. Part 3.10-9 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.glob_reading import is_literal
from bcdslc.rule.input_walk import cron_inputs, nodes, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_HELP = "use the glob `/`: a service gets all its data as one datum"


def service_without_single_datum(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs of a service that may give none or several datums."""
    if spec.request.service is None:
        return
    for place in pfs_inputs(spec):
        glob = place.pfs.glob or ""
        if "group" not in place.above and glob and not is_literal(glob):
            yield Finding(
                path=(*place.path, "glob"),
                message=f"the glob `{glob}` gives one datum for each match, and a service fails "
                "unless there is exactly one",
                help=_HELP,
            )
    for cron in cron_inputs(spec):
        if not cron.cron.overwrite and "group" not in cron.above:
            yield Finding(
                path=cron.path,
                message="without `overwrite` each tick is one more datum, and a service fails "
                "unless there is exactly one",
                help="set `overwrite: true`",
                on_key=True,
            )
    for node in nodes(spec):
        if node.input.union is not None and len(node.input.union) > 1 and not node.above:
            yield Finding(
                path=(*node.path, "union"),
                message="a union gives the datums of all its parts, and a service fails unless "
                "there is exactly one",
                help="use `cross`: one datum that holds all of them",
                on_key=True,
            )


RULE = Rule(
    code="BC708",
    kind=Kind.FAILS_LATER,
    severity=Severity.WARNING,
    check=service_without_single_datum,
)
