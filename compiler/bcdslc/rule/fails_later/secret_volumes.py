"""Secrets that are mounted become volumes of the pod, with Kubernetes' rules for those.

Part 3.10-21 of the spec reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_LABEL = re.compile(r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?", re.ASCII)
_TAKEN = ("/pfs", "/tmp", "/pach", "/pach-bin", "/pachctl", "/pachyderm-storage-secret")


def secret_volumes(spec: Spec, world: World) -> Iterator[Finding]:
    """Find mounted secrets that give a volume or a mount which Kubernetes refuses."""
    transform = spec.request.transform
    volumes: dict[str, int] = {}
    mounts: dict[str, int] = {}
    for index, secret in enumerate((transform.secrets if transform else None) or ()):
        if not secret.mount_path:
            continue
        path = ("transform", "secrets", index)
        name, mount = secret.name or "", secret.mount_path.rstrip("/") or "/"
        if name in volumes:
            yield Finding(
                path=(*path, "name"),
                message=f"the secret `{name}` is mounted twice: Kubernetes refuses two volumes of "
                "one name",
                help="mount it once, and link or read the files from there",
                labels=((("transform", "secrets", volumes[name]), "the first mount"),),
            )
        elif name and not _LABEL.fullmatch(name):
            yield Finding(
                path=(*path, "name"),
                message=f"the secret `{name}` cannot be mounted: a volume's name has at most 63 "
                "lower-case letters, digits and `-`",
                help="copy the secret under such a name, or use it through `envVar` and `key`",
            )
        if mount in _TAKEN:
            yield Finding(
                path=(*path, "mountPath"),
                message=f"Pachyderm itself mounts `{mount}`: Kubernetes refuses a second mount",
                help="choose another folder, `/secrets` say",
            )
        elif mount in mounts:
            yield Finding(
                path=(*path, "mountPath"),
                message=f"two secrets are mounted at `{mount}`: Kubernetes refuses the second",
                help="give each secret a folder of its own",
                labels=((("transform", "secrets", mounts[mount], "mountPath"), "the first"),),
            )
        volumes.setdefault(name, index)
        mounts.setdefault(mount, index)


RULE = Rule(code="BC716", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=secret_volumes)
