"""A secret that fills a variable names a key; secrets exist before the pipeline."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def secret(spec: Spec, world: World) -> Iterator[Finding]:
    """Find variables without key and, where all secrets are known, missing secrets and keys."""
    transform = spec.request.transform
    for index, mount in enumerate((transform.secrets if transform else None) or ()):
        path = ("transform", "secrets", index)
        name, key = mount.name or "", mount.key or ""
        if mount.env_var and not key:
            yield Finding(
                path=(*path, "key"),
                message=f"the variable `{mount.env_var}` needs a key of the secret `{name}`",
                help="write which entry of the secret the variable gets: `key`",
                server=f"secret {name} has env_var set but is missing key",
            )
        elif world.closed and name not in world.secrets:
            yield Finding(
                path=(*path, "name"),
                message=f"there is no Kubernetes secret `{name}`",
                help="create it in pachd's namespace",
                server=f"missing Kubernetes secret {name}",
            )
        elif world.closed and mount.env_var and key not in world.secrets[name]:
            yield Finding(
                path=(*path, "key"),
                message=f"the secret `{name}` has no key `{key}`",
                server=f"Kubernetes secret {name} missing key {key}",
            )


RULE = Rule(code="BC617", kind=Kind.REFUSED, severity=Severity.ERROR, check=secret)
