"""A pipeline's name has at most 51 characters, so that Kubernetes' names fit."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.go_text import quoted
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

MOST = 51
MOST_OF_KUBERNETES = 63


def pipeline_name_length(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a name that is too long, alone or together with the project's."""
    name = spec.name
    path = ("pipeline", "name")
    over = len(name.encode("utf-8", "surrogatepass")) - MOST
    if over > 0:
        yield Finding(
            path=path,
            message=f"the pipeline's name is {over} characters longer than {MOST}",
            help="shorten it",
            server=f"pipeline name {quoted(name)} is {over} characters longer than the {MOST} max",
        )
        return
    whole = f"{spec.project}-{name}-v99".replace("_", "-").lower()
    over = len(whole.encode("utf-8", "surrogatepass")) - MOST_OF_KUBERNETES
    if over > 0:
        limit = len(spec.project) + len(name) - over
        yield Finding(
            path=path,
            message=f"project and pipeline name are {over} characters longer than {limit} together",
            help=f"Kubernetes' objects are called `{whole}`, which may have 63 characters: "
            "shorten one of the two",
            server=f"Kubernetes name {quoted(whole)} is {over} characters longer than the 63 max",
        )


RULE = Rule(code="BC620", kind=Kind.REFUSED, severity=Severity.ERROR, check=pipeline_name_length)
