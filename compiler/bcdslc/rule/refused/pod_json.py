"""`podSpec` and `podPatch` are texts that hold JSON."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.json_text import json_error
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def pod_json(spec: Spec, world: World) -> Iterator[Finding]:
    """Find texts that are no JSON."""
    texts = (("podSpec", "PodSpec"), ("podPatch", "PodPatch"))
    for field, said in texts:
        text = spec.request.pod_spec if field == "podSpec" else spec.request.pod_patch
        wrong = json_error(text) if text else None
        if wrong is not None:
            yield Finding(
                path=(field,),
                message=f"`{field}` does not hold JSON: {wrong}",
                help="write the JSON without comments and trailing commas, as one text",
                server=f"could not make effective spec: invalid effective spec …: malformed {said}",
            )


RULE = Rule(code="BC615", kind=Kind.REFUSED, severity=Severity.ERROR, check=pod_json)
