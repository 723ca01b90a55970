"""The sizes that a spec gives for its containers."""

from __future__ import annotations

from collections.abc import Iterator

from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def sizes(spec: Spec) -> Iterator[tuple[Path, str]]:
    """Yield each memory and disk quantity that is not empty, with its path."""
    request = spec.request
    for name, resources in (
        ("resourceRequests", request.resource_requests),
        ("resourceLimits", request.resource_limits),
        ("sidecarResourceRequests", request.sidecar_resource_requests),
        ("sidecarResourceLimits", request.sidecar_resource_limits),
    ):
        if resources is not None:
            if resources.memory:
                yield (name, "memory"), resources.memory
            if resources.disk:
                yield (name, "disk"), resources.disk
