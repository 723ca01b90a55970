"""Services and spouts have no datums to time, retry or push. Part 3.11 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def not_for_services(spec: Spec, world: World) -> Iterator[Finding]:
    """Find fields about datums, jobs or egress on a service or spout."""
    request = spec.request
    owner = "spout" if request.spout else "service" if request.service else None
    if owner is None:
        return
    transform = request.transform
    given: tuple[tuple[Path, bool], ...] = (
        (("egress",), request.egress is not None),
        (("datumTimeout",), bool(request.datum_timeout)),
        (("datumTries",), bool(request.datum_tries)),
        (("datumSetSpec",), request.datum_set_spec is not None),
        (("jobTimeout",), bool(request.job_timeout)),
        (("reprocessSpec",), request.reprocess_spec == "every_job"),
        (("transform", "errCmd"), bool(transform and transform.err_cmd)),
        (("transform", "datumBatching"), bool(transform and transform.datum_batching)),
    )
    for path, there in given:
        if there:
            yield Finding(
                path=path,
                message=f"`{path[-1]}` does nothing in a {owner}",
                help=f"remove `{path[-1]}`",
                on_key=True,
            )


RULE = Rule(code="BC773", kind=Kind.IGNORED, severity=Severity.WARNING, check=not_for_services)
