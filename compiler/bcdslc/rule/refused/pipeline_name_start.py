"""A pipeline's name starts with a letter or a digit."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.name import is_name
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def pipeline_name_start(spec: Spec, world: World) -> Iterator[Finding]:
    """Find names that start with `_` or `-`."""
    name = spec.name
    if name[:1] in ("_", "-") and is_name(name):
        guess = name.lstrip("_-")
        yield Finding(
            path=("pipeline", "name"),
            message=f"the pipeline's name `{name}` does not start with a letter or a digit",
            help=f"use `{guess}`" if guess else None,
            server="pipeline names must start with an alphanumeric character",
        )


RULE = Rule(code="BC636", kind=Kind.REFUSED, severity=Severity.ERROR, check=pipeline_name_start)
