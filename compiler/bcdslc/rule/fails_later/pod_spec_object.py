"""`podSpec` is merged over the pod: an object, whose lists replace the pod's own.

Parts 1.2 and 6.4 of the spec reference. That it is JSON is checked when the pipeline is created.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.json_text import NOT_JSON, json_value
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_LISTS = ("containers", "initContainers", "volumes")


def pod_spec_object(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a pod spec that is no object, or replaces Pachyderm's containers or volumes."""
    merged = json_value(spec.request.pod_spec or "")
    if merged is NOT_JSON:
        return  # none, or refused when the pipeline is created
    if not isinstance(merged, dict):
        hint = "; a list of operations goes into `podPatch`" if isinstance(merged, list) else ""
        yield Finding(
            path=("podSpec",),
            message="`podSpec` is no object: the pipeline fails",
            help='write `{"…": …}`' + hint,
        )
        return
    for key in _LISTS:
        if key in merged:
            yield Finding(
                path=("podSpec",),
                message=f"`{key}` in `podSpec` replaces Pachyderm's own: the worker does not run",
                help=f'add to them with `podPatch`: `[{{"op": "add", "path": "/{key}/-", …}}]`',
            )


RULE = Rule(code="BC725", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=pod_spec_object)
