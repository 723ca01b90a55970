"""The form in which Pachyderm stores and uses a glob.

It cleans the text as if it were a path, brackets or not (pachyderm:
src/internal/pfsfile/pfsfile.go over Go's `path.Clean`), so `/(a/../b)` becomes `/b)`.
"""

from __future__ import annotations


def canonical(text: str) -> str:
    """Return the canonical form of a glob: `/a/` becomes `/a`, `*` becomes `/*`."""
    cleaned = clean(text)
    return "/" if cleaned == "." else "/" + cleaned.strip("/")


def clean(path: str) -> str:
    """Return the path without empty, `.` and `x/..` elements, as Go's `path.Clean` does."""
    if not path:
        return "."
    rooted = path.startswith("/")
    kept: list[str] = []
    for element in path.split("/"):
        if element in ("", "."):
            continue
        if element != "..":
            kept.append(element)
        elif kept and kept[-1] != "..":
            kept.pop()
        elif not rooted:
            kept.append(element)
    joined = "/".join(kept)
    return "/" + joined if rooted else joined or "."
