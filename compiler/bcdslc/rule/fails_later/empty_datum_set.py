"""A `datumSetSpec` must say one thing at least: the worker divides by zero on an empty one.

Part 3.10-3 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def empty_datum_set(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a datum set spec whose three numbers are all absent or zero."""
    sets = spec.request.datum_set_spec
    if sets is not None and not (sets.number or sets.size_bytes or sets.per_worker):
        yield Finding(
            path=("datumSetSpec",),
            message="`datumSetSpec` sets no size: each job crashes its worker",
            help="give `number`, `sizeBytes` or `perWorker`, or leave `datumSetSpec` out",
            repair=Replace(path=("datumSetSpec",), value=None, title="remove `datumSetSpec`"),
        )


RULE = Rule(code="BC702", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=empty_datum_set)
