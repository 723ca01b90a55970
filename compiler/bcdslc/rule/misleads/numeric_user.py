"""A numeric user gets a read-only root filesystem. Part 6.6 of the spec reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_NUMERIC = re.compile(r"0*[1-9][0-9]*(?::.*)?", re.ASCII)


def numeric_user(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a numeric user that is not root."""
    user = (spec.request.transform.user if spec.request.transform else None) or ""
    if _NUMERIC.fullmatch(user):
        yield Finding(
            path=("transform", "user"),
            message=f"the numeric user `{user}` can write to `/pfs`, `/tmp` and mounted volumes "
            "only: the rest of the container is read-only",
            help="use the user's name from the image's `/etc/passwd` to change the user alone",
        )


RULE = Rule(code="BC763", kind=Kind.MISLEADS, severity=Severity.NOTE, check=numeric_user)
