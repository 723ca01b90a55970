"""Hardware to requests and limits: the low end of a range is asked for, the high end allowed.

Devices are limits: Kubernetes takes a request for them only with an equal limit, and fills
the request in from the limit.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TypeVar

from bcdsl.frozen import dataclass
from bcdsl.model import Gpu, Hardware, Range, Resources
from bcdsl.source import Spanned
from bcdslc.lower.places import Places
from bcdslc.spec.message import GpuSpec, ResourceSpec
from bcdslc.spec.origin import Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceSpecs:
    """The four resource fields of a spec."""

    requests: ResourceSpec | None
    limits: ResourceSpec | None
    sidecar_requests: ResourceSpec | None
    sidecar_limits: ResourceSpec | None


class _End(Enum):
    LOW = "low"
    HIGH = "high"


NO_RESOURCES = ResourceSpecs(requests=None, limits=None, sidecar_requests=None, sidecar_limits=None)


def lower_resources(hardware: Hardware | None, places: Places) -> ResourceSpecs:
    """Return what a stage's hardware asks for and allows."""
    if hardware is None:
        return NO_RESOURCES
    worker, sidecar = hardware.worker, hardware.sidecar
    return ResourceSpecs(
        requests=_spec(("resourceRequests",), worker, _End.LOW, None, places),
        limits=_spec(("resourceLimits",), worker, _End.HIGH, hardware.gpu, places),
        sidecar_requests=_spec(("sidecarResourceRequests",), sidecar, _End.LOW, None, places),
        sidecar_limits=_spec(("sidecarResourceLimits",), sidecar, _End.HIGH, None, places),
    )


def _spec(
    path: Path, resources: Resources, end: _End, gpu: Gpu | None, places: Places
) -> ResourceSpec | None:
    cpu = _take((*path, "cpu"), resources.cpu, end, places)
    memory = _take((*path, "memory"), resources.memory, end, places)
    disk = _take((*path, "disk"), resources.disk, end, places)
    if cpu is None and memory is None and disk is None and gpu is None:
        return None
    spec = ResourceSpec(
        cpu=None if cpu is None else _number(cpu),
        memory=memory,
        gpu=_gpu((*path, "gpu"), gpu, places),
        disk=disk,
    )
    fields: tuple[Path, ...] = tuple((*path, key) for key in ("cpu", "memory", "gpu", "disk"))
    places.put(path, next(places.table[field] for field in fields if field in places.table))
    return spec


def _take(path: Path, wanted: Range[T], end: _End, places: Places) -> T | None:
    value: Spanned[T] | None = wanted.low if end is _End.LOW else wanted.high
    return places.take(path, value)


def _number(cores: Decimal) -> float:
    return int(cores) if cores == cores.to_integral_value() else float(cores)


def _gpu(path: Path, gpu: Gpu | None, places: Places) -> GpuSpec | None:
    if gpu is None:
        return None
    places.put(path, gpu.count.span)
    return GpuSpec(
        type=places.take((*path, "type"), gpu.type),
        number=places.take((*path, "number"), gpu.count),
    )
