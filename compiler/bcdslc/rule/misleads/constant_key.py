"""A key without a reference is one text for all files. Part 2.2 of the glob rules."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.key_template import references
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def constant_key(spec: Spec, world: World) -> Iterator[Finding]:
    """Find keys, where a join or group uses them, that do not depend on the path."""
    for place in pfs_inputs(spec):
        for field, key, operator in (
            ("joinOn", place.pfs.join_on, "join"),
            ("groupBy", place.pfs.group_by, "group"),
        ):
            if key and operator in place.above and not references(key):
                yield Finding(
                    path=(*place.path, field),
                    message=f"the key `{key}` is the same for every file: it refers to no capture "
                    "group",
                    help="refer to the glob's capture groups by number: `$1`, `$2`",
                )


RULE = Rule(
    code="BC748", kind=Kind.MISLEADS, severity=Severity.WARNING, check=constant_key, guesses=True
)
