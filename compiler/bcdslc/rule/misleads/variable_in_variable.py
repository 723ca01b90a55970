"""Nobody fills in `$NAME` in the value of a variable.

Kubernetes expands `$(NAME)` only, and there is no shell in between (part 5.3 of the spec
reference).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_VARIABLE = re.compile(r"\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)\})", re.ASCII)


def variable_in_variable(spec: Spec, world: World) -> Iterator[Finding]:
    """Find values of `transform.env` that name another variable as a shell would."""
    transform = spec.request.transform
    for name, value in ((transform.env if transform else None) or {}).items():
        found = _VARIABLE.search(value)
        if found is not None:
            inner = found[1] or found[2]
            yield Finding(
                path=("transform", "env", name),
                message=f"`{found[0]}` stays as it stands in the value of `{name}`: no shell reads "
                "it",
                help=f"set `{name}` in the command, `export {name}=…`, or write `$({inner})` for a "
                "variable that Kubernetes knows",
            )


RULE = Rule(code="BC768", kind=Kind.MISLEADS, severity=Severity.WARNING, check=variable_in_variable)
