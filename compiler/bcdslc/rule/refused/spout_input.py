"""A spout makes its own data: it reads no input."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def spout_input(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spout with an input. One with a service is taken, and the input ignored."""
    request = spec.request
    if request.spout is not None and request.spout.service is None and request.input is not None:
        yield Finding(
            path=("input",),
            message="a spout has no input",
            help="leave `input` out, or leave `spout` out if the pipeline reads data",
            server="spout pipelines (without a service) must not have an input",
            labels=((("spout",), "the spout"),),
            on_key=True,
        )


RULE = Rule(code="BC639", kind=Kind.REFUSED, severity=Severity.ERROR, check=spout_input)
