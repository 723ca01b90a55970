"""A glob as the server stores it: a path with one slash in front and none behind.

pachyderm: src/internal/pfsfile; part 1.1 of the globs reference.
"""

from __future__ import annotations


def canonical_glob(glob: str) -> str:
    """Return a glob's path, cleaned of `.`, `..` and doubled slashes."""
    parts: list[str] = []
    for part in glob.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)
