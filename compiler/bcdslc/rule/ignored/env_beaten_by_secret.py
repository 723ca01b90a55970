"""A secret's variable beats one of `env` with the same name. Part 5.2 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec


def env_beaten_by_secret(spec: Spec, world: World) -> Iterator[Finding]:
    """Find variables that stand in `env` and are a secret's too."""
    transform = spec.request.transform
    if transform is None or not transform.env:
        return
    for index, secret in enumerate(transform.secrets or ()):
        if secret.env_var and secret.env_var in transform.env:
            path = ("transform", "env", secret.env_var)
            yield Finding(
                path=path,
                message=f"the value of `{secret.env_var}` is the secret's, not this one",
                help="remove it here, or rename one of the two",
                labels=((("transform", "secrets", index, "envVar"), "wins"),),
                on_key=True,
                repair=Replace(path=path, value=None, title=f"remove `{secret.env_var}`"),
            )


RULE = Rule(code="BC779", kind=Kind.IGNORED, severity=Severity.WARNING, check=env_beaten_by_secret)
