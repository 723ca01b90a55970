"""The alphabet of names: pipelines, projects, repos and branches share it.

pachyderm: src/internal/ancestry/ancestry.go, src/internal/uuid/uuid.go.
"""

from __future__ import annotations

import re

_NAME = re.compile(r"[a-zA-Z0-9_-]+")
_UUID = re.compile(r"[0-9a-f]{12}4[0-9a-f]{19}")


def is_name(text: str) -> bool:
    """Whether a text is made of letters, digits, `_` and `-` only."""
    return _NAME.fullmatch(text) is not None


def holds_uuid(text: str) -> bool:
    """Whether the server takes a text for the id of a commit: it looks anywhere inside."""
    return _UUID.search(text) is not None


def refusal(text: str) -> str:
    """Return the server's sentence about a text that is no name."""
    return (
        f"name ({text}) invalid: only alphanumeric characters, underscores, and dashes are allowed"
    )


def better(text: str) -> str | None:
    """Return the name nearest to a text that is none."""
    found = re.sub(r"[^a-zA-Z0-9_-]+", "-", text).strip("-")
    return found or None
