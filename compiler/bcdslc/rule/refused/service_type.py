"""A service is of one of three Kubernetes types."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec

TYPES = ("ClusterIP", "LoadBalancer", "NodePort")


def service_type(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a service of another type. A spout's service is not looked at by the server."""
    service = spec.request.service
    if service and service.type and service.type not in TYPES:
        guess = nearest(service.type, TYPES)
        path = ("service", "type")
        yield Finding(
            path=path,
            message=f"a service is `ClusterIP`, `LoadBalancer` or `NodePort`, not `{service.type}`",
            help=f"use `{guess}`" if guess else None,
            server="could not make effective spec: invalid effective spec …: "
            f"the following service type {service.type} is not allowed",
            repair=Replace(path=path, value=guess, title=f"write `{guess}`") if guess else None,
        )


RULE = Rule(code="BC616", kind=Kind.REFUSED, severity=Severity.ERROR, check=service_type)
