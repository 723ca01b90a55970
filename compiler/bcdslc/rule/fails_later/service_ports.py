"""A service needs ports that Kubernetes takes, and a type that it knows.

Parts 3.10-18 and 35 of the spec reference. The type of a spout's service is not checked when
the pipeline is created; that of a plain service is.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.message import Service
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_TYPES = ("ClusterIP", "LoadBalancer", "NodePort")


def service_ports(spec: Spec, world: World) -> Iterator[Finding]:
    """Find services without ports, with impossible ones, and a spout's with a wrong type."""
    if spec.request.service is not None:
        yield from _ports(spec.request.service, ("service",))
    spout = spec.request.spout
    if spout is not None and spout.service is not None:
        yield from _ports(spout.service, ("spout", "service"))
        if spout.service.type and spout.service.type not in _TYPES:
            guess = nearest(spout.service.type, _TYPES)
            yield Finding(
                path=("spout", "service", "type"),
                message=f"Kubernetes has no service type `{spout.service.type}`",
                help=f"write `{guess}`" if guess else "one of " + ", ".join(_TYPES),
            )


def _ports(service: Service, path: Path) -> Iterator[Finding]:
    for field, port in (
        ("internalPort", service.internal_port),
        ("externalPort", service.external_port),
    ):
        if not port:
            yield Finding(
                path=path if port is None else (*path, field),
                message=f"the service has no `{field}`: Kubernetes refuses it",
                help="give `internalPort`, where the program listens, and `externalPort`, "
                "where others call",
            )
        elif not 0 < port < 65536:
            yield Finding(
                path=(*path, field),
                message=f"`{port}` is no port: ports go from 1 to 65535",
                help="choose a port from 1 to 65535",
            )
    node_port = (service.type or "NodePort") == "NodePort"
    port = service.external_port
    if node_port and port and 0 < port < 65536 and not 30000 <= port <= 32767:
        yield Finding(
            path=(*path, "externalPort"),
            message=f"a `NodePort` service takes ports from 30000 to 32767 on most clusters, "
            f"not `{port}`",
            help="choose a port of that range, or another `type`: `ClusterIP`, `LoadBalancer`",
            severity=Severity.WARNING,
        )


RULE = Rule(code="BC713", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=service_ports)
