"""The parts of a toleration that Kubernetes takes together. Part 3.10-23 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def toleration_parts(spec: Spec, world: World) -> Iterator[Finding]:
    """Find tolerations that are accepted and then keep the workers from starting."""
    for index, toleration in enumerate(spec.request.tolerations or ()):
        path = ("tolerations", index)
        if toleration.operator == "EXISTS" and toleration.value:
            yield Finding(
                path=(*path, "value"),
                message="`EXISTS` takes no value: Kubernetes refuses the workers",
                help=f"write `operator: EQUAL` to want `{toleration.value}`, or drop the value",
            )
        if toleration.operator == "EQUAL" and not toleration.key:
            yield Finding(
                path=path,
                message="`EQUAL` without a key: Kubernetes refuses the workers",
                help="give the taint's `key`, or tolerate all taints with `operator: EXISTS`",
            )
        if toleration.toleration_seconds is not None and toleration.effect != "NO_EXECUTE":
            yield Finding(
                path=(*path, "tolerationSeconds"),
                message="`tolerationSeconds` goes with `effect: NO_EXECUTE` only: Kubernetes "
                "refuses the workers",
                help="set `effect: NO_EXECUTE`, or drop the seconds",
                on_key=True,
                repair=Replace(
                    path=(*path, "tolerationSeconds"), value=None, title="drop the seconds"
                ),
            )


RULE = Rule(code="BC719", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=toleration_parts)
