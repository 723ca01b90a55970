"""A size for `/dev/shm`, as operations on the pod (spec reference, 1.8 and 6.4).

They are appended to the author's own `podPatch`. Without a size the volume may grow to what
the container's memory allows.
"""

from __future__ import annotations

from bcdsl.frozen import replace
from bcdsl.model import Hardware
from bcdslc.spec.origin import PlacedOrigins
from bcdslc.spec.spec import Spec


def add_shared_memory(spec: Spec, hardware: Hardware | None) -> Spec:
    """Return the spec with the operations that mount shared memory, if it is asked for."""
    shm = hardware.shm if hardware else None
    if shm is None or shm.value is False:
        return spec
    before = _operations(spec.request.pod_patch)
    if before is None:  # the author's patch is broken, which is reported as it stands
        return spec
    volume: dict[str, object] = {"medium": "Memory"}
    if isinstance(shm.value, str):
        volume["sizeLimit"] = shm.value
    patch = [
        *before,
        {"op": "add", "path": "/volumes/-", "value": {"name": "shm", "emptyDir": volume}},
        {
            "op": "add",
            "path": "/containers/0/volumeMounts/-",
            "value": {"name": "shm", "mountPath": "/dev/shm"},
        },
    ]
    assert isinstance(spec.origins, PlacedOrigins)
    places = {("podPatch",): shm.span, **spec.origins.places}
    import json

    text = json.dumps(patch, separators=(",", ":"), ensure_ascii=False)
    return replace(
        spec,
        request=replace(spec.request, pod_patch=text),
        origins=PlacedOrigins(places),
    )


def _operations(patch: str | None) -> list[object] | None:
    if not patch:
        return []
    import json

    try:
        found = json.loads(patch)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
