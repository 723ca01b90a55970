"""`podPatch` is a JSON patch: a list of operations on paths that the pod has.

That it is JSON is checked when the pipeline is created, nothing else; a patch that does not
apply fails the pipeline (parts 3.10-7 and 6.4 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.json_text import NOT_JSON, json_value
from bcdslc.rule.pod_path import missing_parent
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_OPERATIONS = ("add", "remove", "replace", "move", "copy", "test")


def pod_patch_operations(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a patch that is no list of operations, or one of a path that does not exist."""
    patch = json_value(spec.request.pod_patch or "")
    if patch is NOT_JSON:
        return  # none, or refused when the pipeline is created
    if not isinstance(patch, list):
        hint = "; an object to be merged goes into `podSpec`" if isinstance(patch, dict) else ""
        yield Finding(
            path=("podPatch",),
            message="`podPatch` is no list of operations: the pipeline fails",
            help='write `[{"op": "add", "path": "/…", "value": …}]`' + hint,
        )
        return
    made: list[str] = []
    for number, operation in enumerate(patch, 1):
        problem = _problem(operation, spec, made)
        if problem is not None:
            message, repair = problem
            yield Finding(
                path=("podPatch",),
                message=f"operation {number} of `podPatch` {message}: the pipeline fails",
                help=repair,
            )
        elif operation["op"] in ("add", "copy", "move"):
            made.append(operation["path"])


def _problem(operation: object, spec: Spec, made: list[str]) -> tuple[str, str] | None:
    if not isinstance(operation, dict):
        return "is no object", 'write `{"op": "add", "path": "/…", "value": …}`'
    kind, path = operation.get("op"), operation.get("path")
    if kind not in _OPERATIONS:
        return f"has the `op` `{kind}`", "one of " + ", ".join(_OPERATIONS)
    if not isinstance(path, str) or (path and not path.startswith("/")):
        return "has no `path` that starts with `/`", "e.g. `/volumes/-`"
    if kind in ("move", "copy"):
        if not isinstance(operation.get("from"), str):
            return "has no `from`", "name the path to take the value from"
        return None
    if kind in ("add", "replace", "test") and "value" not in operation:
        return "has no `value`", "give the `value` to put there"
    gone = missing_parent(path, kind, spec, made)
    if gone is not None:
        return (
            f"works on `{path}`, but nothing set `{gone}`",
            f"`add` the whole of `{gone}` instead, or set it in the spec",
        )
    return None


RULE = Rule(
    code="BC724", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=pod_patch_operations
)
