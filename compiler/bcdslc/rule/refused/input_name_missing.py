"""Every input has a name: its directory under `/pfs`."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import PfsAt, named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_name_missing(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs without name (a pfs input takes its repo's)."""
    for leaf in named_inputs(spec):
        if not leaf.name:
            files = isinstance(leaf, PfsAt)
            yield Finding(
                path=(*leaf.path, "repo" if files else "name"),
                message="the input names no repo" if files else "the cron has no name",
                help="write `repo`" if files else "write `name`: the ticks appear in `/pfs/NAME`",
                server="input must specify a name",
            )


RULE = Rule(code="BC624", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_name_missing)
