"""`lazy` wins over `emptyFiles`. Part 3.10-32 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def lazy_and_empty(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs that are to be both."""
    for place in pfs_inputs(spec):
        if place.pfs.lazy and place.pfs.empty_files:
            yield Finding(
                path=(*place.path, "emptyFiles"),
                message="the files are not empty: `lazy` wins over `emptyFiles`",
                help="keep one of the two",
                labels=(((*place.path, "lazy"), "wins"),),
                on_key=True,
            )


RULE = Rule(code="BC745", kind=Kind.MISLEADS, severity=Severity.WARNING, check=lazy_and_empty)
