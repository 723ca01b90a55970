"""A spout reads no input, with a service neither. Parts 3.8 and 3.11 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def spout_input(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spout with a service and an input; one without a service is refused."""
    spout = spec.request.spout
    if spout is not None and spout.service is not None and spec.request.input is not None:
        yield Finding(
            path=("input",),
            message="the `input` is never read: the pipeline is a spout",
            help="use `service` in place of `spout` to serve data from the input",
            labels=((("spout",), "makes it a spout"),),
            on_key=True,
        )


RULE = Rule(code="BC776", kind=Kind.IGNORED, severity=Severity.WARNING, check=spout_input)
