"""Which paths a Pachyderm repo cannot hold.

Paths in a commit are absolute, clean, printable ASCII, without the characters that globs use
(`docs/globs.md`, "What there is to match").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_GLOB_CHARACTERS = "*?[]{}!()@+^"
_FORBIDDEN = re.compile(rf"[^ -~]|[{re.escape(_GLOB_CHARACTERS)}]")
_DOTS = re.compile(r"(?:^|/)\.\.?(?:/|$)")

CHARACTER = "holds a character that Pachyderm refuses in file names"
OUTSIDE = "holds a character outside printable ASCII"
DOTS = "has a `.` or `..` as one of its parts"


def refusal(path: str) -> str | None:
    """Return the rule that a path or a name breaks, or None if a repo can hold it."""
    found = _FORBIDDEN.search(path)
    if found is not None:
        return CHARACTER if " " <= found.group() <= "~" else OUTSIDE
    return DOTS if _DOTS.search(path) else None


def none_refused(paths: Iterable[str]) -> bool:
    """Tell quickly that `refusal` has nothing to say of any path; False where that is unsure."""
    text = "/".join(paths)
    plain = text.isascii() and text.isprintable() and "/." not in text
    return plain and not any(character in text for character in _GLOB_CHARACTERS)


def shown(path: str) -> str:
    """Return a path fit for printing: what is not printable stands as an escape."""
    if path.isprintable():
        return path
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
