"""From paths as given to a file tree: cleaned, checked, ordered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from bcdsl.diagnostic import Diagnostic
from bcdslc.tree import problem
from bcdslc.tree.contents import Contents
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.implied import with_folders
from bcdslc.tree.refused_name import none_refused, refusal

_REPEATED = re.compile(r"/(?:\.?/)+")


def clean(path: str) -> str:
    """Return a path as a repo would name it: absolute, no `./` in front, no doubled slash.

    A trailing slash stays: it marks a folder. `..` stays: it is refused, not worked out.
    """
    return _REPEATED.sub("/", "/" + path)


def build(
    files: Iterable[str],
    *,
    title: str,
    contents: Contents,
    problems: Iterable[Diagnostic] = (),
) -> FileTree:
    """Return the tree of clean absolute file paths; what no repo can hold is left out and said."""
    found = [*problems]
    kept = list(files)
    if not none_refused(kept):
        kept, refused = _sifted(kept)
        found += [problem.refused_names(title, rule, paths) for rule, paths in refused.items()]
    kept.sort()
    known = set(kept)
    if len(known) < len(kept):
        twice = sorted({a for a, b in pairwise(kept) if a == b})
        found.append(problem.two_spellings(title, twice))
        kept = list(dict.fromkeys(kept))
    entries = with_folders(kept)
    clashes = [e[:-1] for e in entries if e[-1] == "/" and e[:-1] in known]
    if clashes:
        found.append(problem.file_and_folder(title, clashes))
        entries = with_folders(sorted(known.difference(clashes)))
    return FileTree(entries=entries, contents=contents, title=title, problems=tuple(found))


def _sifted(paths: Iterable[str]) -> tuple[list[str], dict[str, list[str]]]:
    """Return the paths that a repo can hold, and the others by the rule that they break."""
    kept: list[str] = []
    refused: dict[str, list[str]] = {}
    for path in paths:
        rule = refusal(path)
        if rule is None:
            kept.append(path)
        else:
            refused.setdefault(rule, []).append(path)
    return kept, refused
