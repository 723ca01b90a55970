"""Devices are whole, of a qualified kind, and stand in the limits.

Kubernetes' rules for extended resources; parts 1.5 and 3.10-19 of the spec reference.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.message import GpuSpec
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_KNOWN = {"gpu": "nvidia.com/gpu", "nvidia": "nvidia.com/gpu", "amd": "amd.com/gpu"}


def gpu_that_is_refused(spec: Spec, world: World) -> Iterator[Finding]:
    """Find requests and limits of devices that Kubernetes refuses."""
    requests, limits = spec.request.resource_requests, spec.request.resource_limits
    wanted = requests.gpu if requests else None
    limit = limits.gpu if limits else None
    for field, gpu in (("resourceRequests", wanted), ("resourceLimits", limit)):
        if gpu is not None:
            yield from _device(gpu, (field, "gpu"))
    if wanted is not None and limit is None:
        value = {"type": wanted.type or "nvidia.com/gpu", "number": wanted.number or 1}
        yield Finding(
            path=("resourceRequests", "gpu"),
            message="devices are requested without a limit: Kubernetes refuses the workers",
            help="write `gpu` in `resourceLimits`; the request follows from it",
            repair=Replace(
                path=("resourceLimits", "gpu"), value=value, title="add the same `gpu` as a limit"
            ),
            on_key=True,
        )
    elif wanted is not None and limit is not None and wanted != limit:
        yield Finding(
            path=("resourceRequests", "gpu"),
            message="devices requested and devices allowed differ: Kubernetes refuses the workers",
            help="write `gpu` in `resourceLimits` alone; the request follows from it",
            labels=((("resourceLimits", "gpu"), "the limit"),),
            repair=Replace(
                path=("resourceRequests", "gpu"), value=None, title="remove `gpu` from the requests"
            ),
        )


def _device(gpu: GpuSpec, path: Path) -> Iterator[Finding]:
    if not gpu.type or "/" not in gpu.type:
        meant = _KNOWN.get((gpu.type or "gpu").lower(), "nvidia.com/gpu")
        yield Finding(
            path=(*path, "type") if gpu.type is not None else path,
            message=f"`{gpu.type}` names no device: Kubernetes wants a qualified name"
            if gpu.type
            else "`gpu` has no `type`: Kubernetes wants a qualified name",
            help=f"write `type: {meant}`",
            repair=Replace(path=(*path, "type"), value=meant, title=f"set `type: {meant}`"),
        )
    if gpu.number is None or gpu.number < 1:
        yield Finding(
            path=(*path, "number") if gpu.number is not None else path,
            message="`gpu` asks for no device" if not gpu.number else "fewer than no devices",
            help="give `number: 1` or more, or leave `gpu` out",
        )


RULE = Rule(code="BC714", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=gpu_that_is_refused)
