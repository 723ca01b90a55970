"""Nothing wakes a spout, so it cannot scale to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def spout_autoscaling(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spout with autoscaling."""
    if spec.request.spout is not None and spec.request.autoscaling:
        yield Finding(
            path=("autoscaling",),
            message="a spout cannot scale to nothing: no commit would ever wake it",
            help="leave `autoscaling` out",
            server="autoscaling can't be used with spouts (spouts aren't triggered externally)",
            labels=((("spout",), "the spout"),),
            repair=Replace(path=("autoscaling",), value=None, title="leave `autoscaling` out"),
            on_key=True,
        )


RULE = Rule(code="BC623", kind=Kind.REFUSED, severity=Severity.ERROR, check=spout_autoscaling)
