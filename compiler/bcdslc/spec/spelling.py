"""The two spellings of a field's name."""

from __future__ import annotations

import re

_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")


def camel_of(key: str) -> str:
    """Return the spelling without underscores: `output_branch` is `outputBranch`."""
    head, *rest = key.split("_")
    return head + "".join([word[:1].upper() + word[1:] for word in rest])


def snake_of(key: str) -> str:
    """Return the spelling with underscores: `outputBranch` is `output_branch`."""
    return key if key.isupper() else _CAPITAL.sub(r"_\1", key).lower()
