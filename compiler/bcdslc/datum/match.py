"""The entries of one pfs input: which paths of its branch its glob matches, and their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdsl.pattern.template import Crash, Reference, read_template
from bcdslc.datum.source import Entry, Source
from bcdslc.glob.error import GlobError
from bcdslc.glob.matcher import compile_glob

Captures: TypeAlias = tuple[str, ...]
Expand: TypeAlias = Callable[[Captures], str]


@dataclass(frozen=True, slots=True)
class UnusableGlob:
    """Why nothing can be matched."""

    reason: str


def match_leaf(source: Source) -> list[Entry] | UnusableGlob:
    """Return what a leaf matches, in listing order, with both keys expanded."""
    leaf = source.leaf
    try:
        matcher = compile_glob(leaf.glob)
    except GlobError as why:
        return UnusableGlob(f"the glob `{leaf.glob}` does not compile: {why}")
    matches = matcher.over(source.files.entries)
    if not leaf.join_on and not leaf.group_by:
        return [Entry(source, path, "", "") for path, _ in matches]
    join_on, group_by = _expander(leaf.join_on), _expander(leaf.group_by)
    for expand in (join_on, group_by):
        if isinstance(expand, UnusableGlob):  # it crashes when the first match is expanded
            return [] if next(matches, None) is None else expand
    assert callable(join_on)
    assert callable(group_by)
    if not leaf.group_by:
        return [Entry(source, path, join_on(captures), "") for path, captures in matches]
    return [
        Entry(source, path, join_on(captures), group_by(captures)) for path, captures in matches
    ]


def _expander(template: str) -> Expand | UnusableGlob:
    """Return what fills a template in; references beyond the captures are empty."""
    parts = read_template(template)
    for part in parts:
        if isinstance(part, Crash):
            return UnusableGlob(f"the key `{template}` makes the server crash at `${part.digits}`")
    if not any(isinstance(part, Reference) for part in parts):
        text = "".join(part for part in parts if isinstance(part, str))
        return lambda captures: text
    if len(parts) == 1 and isinstance(parts[0], Reference):
        number = parts[0].number
        return lambda captures: captures[number] if number < len(captures) else ""
    return lambda captures: "".join(_filled(part, captures) for part in parts)


def _filled(part: str | Reference | Crash, captures: Captures) -> str:
    if isinstance(part, Reference):
        return captures[part.number] if part.number < len(captures) else ""
    return part if isinstance(part, str) else ""
