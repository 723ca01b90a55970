"""A name such as `a^2` means an older version of a pipeline, and no repo can be called so."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.name import better, is_name, refusal
from bcdslc.rule.refused.pipeline_name import PATH, first_look
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def pipeline_name_steps_back(spec: Spec, world: World) -> Iterator[Finding]:
    """Find names that end in a step back in history."""
    name = spec.name
    if name and not is_name(name) and first_look(name, spec.project) is None:
        guess = better(name)
        yield Finding(
            path=PATH,
            message=f"the pipeline's name `{name}` means an older version of another pipeline",
            help=f"use `{guess}`" if guess else None,
            server=f"error creating output repo for {name}: {refusal(name)}",
        )


RULE = Rule(
    code="BC649", kind=Kind.REFUSED, severity=Severity.ERROR, check=pipeline_name_steps_back
)
