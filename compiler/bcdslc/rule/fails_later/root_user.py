"""A numeric root user conflicts with run-as-non-root. Part 3.10-24 of the spec reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_ROOT = re.compile(r"0+(?::.*)?", re.ASCII)


def root_user(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a numeric user 0."""
    user = (spec.request.transform.user if spec.request.transform else None) or ""
    if _ROOT.fullmatch(user):
        yield Finding(
            path=("transform", "user"),
            message=f"the numeric user `{user}` is root, but Pachyderm starts numeric users as "
            "non-root: the container does not start",
            help="write `root`, or leave `user` out: programs run as root unless the image says "
            "otherwise",
        )


RULE = Rule(code="BC720", kind=Kind.FAILS_LATER, severity=Severity.WARNING, check=root_user)
