"""Names of environment variables that Kubernetes refuses. Part 3.10-22 of the spec reference.

Kubernetes before 1.30 takes letters, digits, `_`, `-` and `.`, no digit first; later ones take
any printable ASCII but `=`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.rule.variables import variables
from bcdslc.spec.spec import Spec

_PLAIN = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*", re.ASCII)
_RELAXED = re.compile(r"[ -<>-~]+", re.ASCII)


def env_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each variable whose name Kubernetes refuses, always or before 1.30."""
    for name, path, on_key in variables(spec):
        if not _RELAXED.fullmatch(name):
            yield Finding(
                path=path,
                message=f"Kubernetes takes no variable named `{name}`: the pipeline fails"
                if name
                else "a variable needs a name: the pipeline fails",
                help="use letters, digits and `_`, and no digit first",
                on_key=on_key,
            )
        elif not _PLAIN.fullmatch(name):
            yield Finding(
                path=path,
                message=f"Kubernetes before 1.30 takes no variable named `{name}`, and no shell "
                "can read it",
                help="use letters, digits and `_`, and no digit first",
                severity=Severity.WARNING,
                on_key=on_key,
            )


RULE = Rule(code="BC717", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=env_name)
