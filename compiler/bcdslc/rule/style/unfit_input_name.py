"""No shell can read the variable of a name that is no identifier. Part 5.2 of the reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def unfit_input_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find written names of inputs that are no identifiers."""
    for place in named_inputs(spec):
        name = place.name
        if place.name_path[-1] == "name" and name and not _IDENTIFIER.fullmatch(name):
            if "/" in name:
                continue  # worse: it fails
            fit = re.sub(r"\W", "_", name, flags=re.ASCII)
            fit = f"_{fit}" if fit[0].isdigit() else fit
            yield Finding(
                path=place.name_path,
                message=f"no shell can read the variable `{name}` of this input",
                help=f"name it `{fit}`; the folder under `/pfs` changes with it",
            )


RULE = Rule(code="BC792", kind=Kind.STYLE, severity=Severity.WARNING, check=unfit_input_name)
