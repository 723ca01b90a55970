"""Secrets: `NAME: secret/key` is a variable, `/path: secret` a folder; or a list of both."""

from __future__ import annotations

from bcdsl.finding import error
from bcdsl.model import Secret
from bcdsl.place import part, spanned
from bcdsl.resolve.scope import Scope
from bcdsl.source import Spanned
from bcdsl.syntax import Fields, Listed, Pairs
from bcdsl.yaml_tree import Scalar

CODE = "BC132"


def resolve_secrets(fields: Fields, scope: Scope) -> tuple[Secret, ...] | None:
    """Return the secrets of a stage."""
    value = fields.values.get("secrets")
    if isinstance(value, Pairs):
        if not value.entries:  # an overlay may have taken all of them away
            return None
        found = [_pair(key, item, scope) for key, item in value.entries if isinstance(item, Scalar)]
        return tuple(secret for secret in found if secret is not None)
    if isinstance(value, Listed):
        return tuple(
            _entry(item) for item in value.items if isinstance(item, Fields) and item.sound
        )
    return None


def split_secret(scalar: Scalar, scope: Scope) -> tuple[Spanned[str], Spanned[str]] | None:
    """Return the two sides of `secret/key`."""
    name, slash, key = scalar.text.partition("/")
    if not name or not key or "/" in key:
        scope.problems.append(
            error(
                CODE,
                f"`{scalar.text}` is not of the form `secret/key`",
                scalar.span,
                "write the secret's name, a `/`, and the key in it"
                if slash
                else f"write `{scalar.text}/KEY` with the key in the secret",
            )
        )
        return None
    at = len(name)
    return (
        Spanned(name, part(scalar, 0, at)),
        Spanned(key, part(scalar, at + 1, len(scalar.text))),
    )


def _pair(key: Scalar, value: Scalar, scope: Scope) -> Secret | None:
    if key.text.startswith("/"):
        if "/" in value.text:
            scope.problems.append(
                error(
                    CODE,
                    "a folder shows a whole secret, and this names one key",
                    value.span,
                    f"write `{key.text}: {value.text.partition('/')[0]}`",
                )
            )
            return None
        return Secret(name=spanned(value), mount_path=spanned(key), span=key.span)
    sides = split_secret(value, scope)
    if sides is None:
        return None
    return Secret(name=sides[0], key=sides[1], env_var=spanned(key), span=key.span)


def _entry(fields: Fields) -> Secret:
    name = fields.text("name")
    assert name is not None
    key, env_var, mount = (fields.text(each) for each in ("key", "env_var", "mount_path"))
    return Secret(
        name=spanned(name),
        key=spanned(key) if key is not None else None,
        env_var=spanned(env_var) if env_var is not None else None,
        mount_path=spanned(mount) if mount is not None else None,
        span=fields.node.span,
    )
