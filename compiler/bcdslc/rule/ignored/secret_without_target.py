"""A secret that is neither mounted nor a variable does nothing. Part 1.3 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def secret_without_target(spec: Spec, world: World) -> Iterator[Finding]:
    """Find secrets without a target, and keys that no variable reads."""
    transform = spec.request.transform
    for index, secret in enumerate((transform.secrets if transform else None) or ()):
        path = ("transform", "secrets", index)
        if not secret.env_var and not secret.mount_path:
            yield Finding(
                path=path,
                message=f"the program does not see the secret `{secret.name or ''}`: it is neither "
                "mounted nor a variable",
                help="give `mountPath`, or `envVar` and `key`",
            )
        elif secret.key and not secret.env_var:
            yield Finding(
                path=(*path, "key"),
                message=f"`key` plays no part: all keys of `{secret.name or ''}` are mounted",
                help="remove `key`, or read it into a variable with `envVar`",
                on_key=True,
            )


RULE = Rule(code="BC774", kind=Kind.IGNORED, severity=Severity.WARNING, check=secret_without_target)
