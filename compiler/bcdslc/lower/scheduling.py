"""Where a stage's pods may run."""

from __future__ import annotations

from bcdsl.model import Hardware
from bcdslc.lower.places import Places
from bcdslc.spec.message import SchedulingSpec, Toleration


def lower_scheduling(hardware: Hardware | None, places: Places) -> SchedulingSpec | None:
    """Return node labels and priority class."""
    if hardware is None or (hardware.nodes is None and hardware.priority is None):
        return None
    return SchedulingSpec(
        node_selector=places.take_map(("schedulingSpec", "nodeSelector"), hardware.nodes),
        priority_class_name=places.take(("schedulingSpec", "priorityClassName"), hardware.priority),
    )


def lower_tolerations(hardware: Hardware | None, places: Places) -> tuple[Toleration, ...] | None:
    """Return the taints that the pods tolerate."""
    if hardware is None or hardware.tolerations is None:
        return None
    take, found = places.take, []
    for index, toleration in enumerate(hardware.tolerations):
        path = ("tolerations", index)
        places.put(path, toleration.span)
        found.append(
            Toleration(
                key=take((*path, "key"), toleration.key),
                operator=take((*path, "operator"), toleration.operator),
                value=take((*path, "value"), toleration.value),
                effect=take((*path, "effect"), toleration.effect),
                toleration_seconds=take((*path, "tolerationSeconds"), toleration.seconds),
            )
        )
    return tuple(found)
