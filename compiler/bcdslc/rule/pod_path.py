"""Which paths of the pod that Pachyderm generates a patch may work on.

Parts 6.1 and 6.4 of the spec reference: two containers and one init container; some keys are
left out unless the spec sets them, and then neither `replace` nor `add …/-` finds them. Only
what is known for sure is said to be missing.
"""

from __future__ import annotations

from bcdslc.spec.spec import Spec

# Keys of a pod that its generated spec never has.
_NEVER = (
    "affinity",
    "topologySpreadConstraints",
    "runtimeClassName",
    "hostAliases",
    "dnsConfig",
    "hostNetwork",
)
_CONTAINERS = {"containers": 2, "initContainers": 1}


def missing_parent(path: str, kind: str, spec: Spec, made: list[str]) -> str | None:
    """Return the part of a path that the pod surely lacks, or None.

    `made` are the paths that operations before this one have written.
    """
    keys = path.split("/")[1:]
    if not keys or spec.request.pod_spec:
        return None  # a merge before the patch may have made anything
    if kind == "add" and len(keys) == 1:
        return None
    first = "/" + keys[0]
    if any(path == other or path.startswith(other + "/") for other in made):
        return None
    if keys[0] in _NEVER or (keys[0] == "nodeSelector" and not _selects(spec)):
        return first
    if keys[0] == "tolerations" and not spec.request.tolerations:
        return first
    return _container(keys, spec, kind)


def _selects(spec: Spec) -> bool:
    scheduling = spec.request.scheduling_spec
    return bool(scheduling and scheduling.node_selector)


def _container(keys: list[str], spec: Spec, kind: str) -> str | None:
    count = _CONTAINERS.get(keys[0])
    if count is None or len(keys) < 2:
        return None
    if keys[1].isdecimal():
        # an `add` at the end appends
        if int(keys[1]) >= count + (kind == "add" and len(keys) == 2):
            return f"/{keys[0]}/{keys[1]}"
    elif keys[1] != "-" or len(keys) > 2:
        return f"/{keys[0]}/{keys[1]}"
    if keys[:2] == ["containers", "0"] and len(keys) > 4 and keys[2:4] == ["resources", "limits"]:
        limits = spec.request.resource_limits
        if limits is None:
            return "/containers/0/resources/limits"
    return None
