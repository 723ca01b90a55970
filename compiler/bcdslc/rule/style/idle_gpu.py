"""Without `autoscaling` workers stay, and hold their devices day and night.

Part 6.5 of the spec reference. A written `autoscaling: false` is a decision and is left alone.
There is no repair: both values are right for somebody, and `true` changes when workers stop.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def idle_gpu(spec: Spec, world: World) -> Iterator[Finding]:
    """Find devices on a pipeline that says nothing about scaling down."""
    request = spec.request
    gpu = request.resource_limits.gpu if request.resource_limits else None
    if gpu is None or not gpu.number or gpu.number < 1:
        return
    if () in spec.gaps:
        return  # `standby`, as it was called, may say it
    if request.autoscaling is None and request.service is None and request.spout is None:
        workers = (request.parallelism_spec and request.parallelism_spec.constant) or 1
        count = max(workers, 1) * gpu.number
        yield Finding(
            path=("resourceLimits", "gpu"),
            message=f"{count} {'device is' if count == 1 else 'devices are'} held for as long as "
            "the pipeline exists, jobs or none",
            help="set `autoscaling: true`, or `false` to say that they are to be held",
            on_key=True,
        )


RULE = Rule(code="BC789", kind=Kind.STYLE, severity=Severity.NOTE, check=idle_gpu)
