"""A toleration says how it compares: there is no default operator."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def toleration_operator(spec: Spec, world: World) -> Iterator[Finding]:
    """Find tolerations without operator; the server's sentence lists all of them."""
    tolerations = spec.request.tolerations or ()
    bad = [index for index, each in enumerate(tolerations) if each.operator in (None, "EMPTY")]
    count = len(tolerations)
    said = "\n".join(
        f"toleration {index + 1}/{count}: "
        "cannot omit key/value comparison operator; specify EQUAL or EXISTS"
        for index in bad
    )
    for index in bad:
        value = tolerations[index].value
        yield Finding(
            path=("tolerations", index, "operator"),
            message="a toleration needs an operator",
            help=f"write `{'EQUAL' if value else 'EXISTS'}`",
            server=f"could not make effective spec: invalid effective spec …: {said}",
        )


RULE = Rule(code="BC614", kind=Kind.REFUSED, severity=Severity.ERROR, check=toleration_operator)
