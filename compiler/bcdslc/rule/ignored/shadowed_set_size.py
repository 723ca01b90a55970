"""Of the sizes of a datum set one counts. Parts 1.5 and 3.11 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def shadowed_set_size(spec: Spec, world: World) -> Iterator[Finding]:
    """Find sizes beside one that wins: `sizeBytes` over `number` over `perWorker`."""
    sets = spec.request.datum_set_spec
    if sets is None:
        return
    order = (
        ("sizeBytes", sets.size_bytes),
        ("number", sets.number),
        ("perWorker", sets.per_worker),
    )
    winner, *losers = [field for field, value in order if value] or [""]
    for field in losers:
        path = ("datumSetSpec", field)
        yield Finding(
            path=path,
            message=f"`{field}` plays no part: `{winner}` wins",
            help=f"keep one of `{winner}` and `{field}`",
            labels=((("datumSetSpec", winner), "wins"),),
            on_key=True,
            repair=Replace(path=path, value=None, title=f"remove `{field}`"),
        )


RULE = Rule(code="BC772", kind=Kind.IGNORED, severity=Severity.WARNING, check=shadowed_set_size)
