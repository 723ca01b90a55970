"""What a container asks for may not be more than it may use.

A stock cluster's defaults request cpu 1, memory 256Mi and disk 1Gi for the worker and for the
sidecar, laid under the spec field by field, so a lower limit alone is above nothing (part 3 of
the spec reference, since 2.8). Where a null removes them, the init container and the sidecar
still ask for 64M of memory (part 6.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bcdsl.diagnostic import Severity
from bcdslc.rule.quantity import quantity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.message import ResourceSpec
from bcdslc.spec.spec import Spec

_STOCK = {"cpu": "1", "memory": "256Mi", "disk": "1Gi"}
_FIRST_WITH_DEFAULTS = 8
_OWN_MEMORY = "64M"


def request_above_limit(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each request that is above its limit, the spec's own or a stock cluster's."""
    request = spec.request
    worker = (request.resource_requests, request.resource_limits)
    sidecar = (request.sidecar_resource_requests, request.sidecar_resource_limits)
    for prefix, (requests, limits) in (("resource", worker), ("sidecarResource", sidecar)):
        for field in _STOCK if limits is not None else ():
            limit, bound = _written(limits, field)
            if limit is None or bound is None or bound <= 0:
                continue
            asked, value = _written(requests, field)
            if asked is None:
                given = _by_default(spec, f"{prefix}Requests", field, world)
                if given is not None and (quantity(given) or 0) > bound:
                    yield _below_default(prefix, field, limit, given)
            elif value is not None and value > bound:
                yield _above(prefix, field, asked, limit)


def _above(prefix: str, field: str, request: str, limit: str) -> Finding:
    return Finding(
        path=(f"{prefix}Requests", field),
        message=f"the request of `{request}` {field} is above the limit of `{limit}`: Kubernetes "
        "refuses the workers",
        help=f"request `{limit}` or less, or raise `{prefix}Limits.{field}`",
        labels=(((f"{prefix}Limits", field), "the limit"),),
    )


def _below_default(prefix: str, field: str, limit: str, given: str) -> Finding:
    return Finding(
        path=(f"{prefix}Limits", field),
        message=f"the limit of `{limit}` {field} is below the `{given}` that is requested where a "
        "spec requests nothing: Kubernetes refuses the workers",
        help=f"write `{prefix}Requests.{field}: {limit}` too",
        repair=Replace(
            path=(f"{prefix}Requests", field),
            value=float(limit) if field == "cpu" else limit,
            title=f"request `{limit}` too",
        ),
    )


def _written(resources: ResourceSpec | None, field: str) -> tuple[str | None, Decimal | None]:
    if resources is None:
        return None, None
    match field:
        case "cpu":
            text = None if resources.cpu is None else f"{resources.cpu:g}"
        case "memory":
            text = resources.memory
        case _:
            text = resources.disk
    return text, quantity(text) if text else None


def _by_default(spec: Spec, requests: str, field: str, world: World) -> str | None:
    """Return what is requested where the spec requests nothing."""
    removed = (requests,) in spec.nulls or (requests, field) in spec.nulls
    if world.target >= _FIRST_WITH_DEFAULTS and not removed:
        return _STOCK[field]
    return _OWN_MEMORY if field == "memory" else None


RULE = Rule(code="BC715", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=request_above_limit)
