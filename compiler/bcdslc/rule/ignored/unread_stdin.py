"""Input for a command that is not there. Part 1.3 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def unread_stdin(spec: Spec, world: World) -> Iterator[Finding]:
    """Find `errStdin` without `errCmd`."""
    transform = spec.request.transform
    if transform is not None and transform.err_stdin and not transform.err_cmd:
        yield Finding(
            path=("transform", "errStdin"),
            message="nothing reads `errStdin`: there is no `errCmd`",
            help="add `errCmd: [sh]`, or remove `errStdin`",
            on_key=True,
        )


RULE = Rule(code="BC775", kind=Kind.IGNORED, severity=Severity.WARNING, check=unread_stdin)
