"""Which output paths a repo refuses, in the server's words.

pachyderm: src/internal/storage/paths.go
"""

from __future__ import annotations

_GLOB = "*?[]{}!()@+^"


def refused(path: str) -> str | None:
    """Return the server's sentence about a relative path that it refuses, else None."""
    if not all(" " <= character <= "~" for character in path):
        return f"path ({path}) invalid: only printable ASCII characters allowed"
    for character in path:
        if character in _GLOB:
            return f"path ({path}) invalid: globbing character ({character}) not allowed in path"
    return None
