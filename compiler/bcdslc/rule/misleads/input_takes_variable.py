"""An input's name is also a variable, which replaces any other of that name.

Parts 3.10-12 and 5.2 of the spec reference: of the datum's variables the later wins, inputs
first, then `PACH_DATUM_ID` and the like.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import named_inputs
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.variables import CONTAINER, DATUM, S3, SYSTEM, uses_s3
from bcdslc.spec.spec import Spec


def input_takes_variable(spec: Spec, world: World) -> Iterator[Finding]:
    """Find inputs whose name is a variable that something else sets or reads."""
    places = named_inputs(spec)
    names = {place.name for place in places}
    transform = spec.request.transform
    env = (transform.env if transform else None) or {}
    for place in places:
        name = place.name
        if name in SYSTEM or name in CONTAINER:
            yield Finding(
                path=place.name_path,
                message=f"the input's name replaces the variable `{name}` by its path",
                help="give the input another `name`",
            )
        elif name in DATUM or (name in S3 and uses_s3(spec)):
            yield Finding(
                path=place.name_path,
                message=f"Pachyderm sets `{name}` itself: the variable does not hold the input's "
                "path",
                help="give the input another `name`",
            )
        elif name in env:
            yield Finding(
                path=place.name_path,
                message=f"the input replaces the variable `{name}` of `transform.env` by its path",
                help="rename the input or the variable",
                labels=((("transform", "env", name), "never seen by the program"),),
            )
        if name.endswith("_COMMIT") and name.removesuffix("_COMMIT") in names:
            other = name.removesuffix("_COMMIT")
            yield Finding(
                path=place.name_path,
                message=f"`{name}` is also the variable with the commit of the input `{other}`",
                help="give the input another `name`",
            )


RULE = Rule(code="BC742", kind=Kind.MISLEADS, severity=Severity.WARNING, check=input_takes_variable)
