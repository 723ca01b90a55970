"""`/pfs/out` and `/pfs/.env` are taken."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def input_name_reserved(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs called `out` or `.env`."""
    for leaf in named_inputs(spec):
        if leaf.name in ("out", ".env"):
            yield Finding(
                path=leaf.name_path,
                message=f"no input may be called `{leaf.name}`: Pachyderm uses `/pfs/{leaf.name}`",
                help="give the input another `name`",
                server=f"input cannot be named {leaf.name}",
            )


RULE = Rule(code="BC625", kind=Kind.REFUSED, severity=Severity.ERROR, check=input_name_reserved)
