"""The Determined integration needs authentication to be on."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def determined(spec: Spec, world: World) -> Iterator[Finding]:
    """Find `determined` where the server is known to have no authentication."""
    if world.closed and spec.request.determined is not None:
        yield Finding(
            path=("determined",),
            message="`determined` needs a server with authentication and a configured Determined",
            server="create det pipeline side effects: who am i: "
            "rpc error: code = Unimplemented desc = the auth service is not activated",
            on_key=True,
        )


RULE = Rule(code="BC618", kind=Kind.REFUSED, severity=Severity.ERROR, check=determined)
