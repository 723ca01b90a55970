"""For an input that matches nothing: a pattern near the one written that matches something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bcdsl.pattern.read import read_glob
from bcdsl.suggest import nearest
from bcdslc.glob.matcher import compile_glob
from bcdslc.tree.file_tree import FileTree

_PLAIN = re.compile(r"[A-Za-z0-9_. -]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]+$")
_LOOKED_AT = 50_000  # entries; a pattern that matches none of the first is of little help


def uploaded_under(files: FileTree, repo: str) -> bool:
    """Tell whether a repo holds one folder alone that has the repo's name.

    `pachctl put file -r REPO@master -f REPO/`, without `:/`, puts the files there.
    """
    folder = f"/{repo}/"
    return len(files.entries) > 1 and len(files.starting_with(folder)) == len(files.entries) - 1


def would_match(pattern: str, files: FileTree) -> tuple[str, str] | None:
    """Return a pattern that matches and its first match, or None if none comes to mind.

    `pattern` is as the author wrote it, names and all.
    """
    entries = files.entries[:_LOOKED_AT]
    for candidate in dict.fromkeys(_candidates(pattern, entries)):
        tree, _ = read_glob(candidate, names=True)
        if tree is not None:
            for path, _ in compile_glob(tree).over(entries):
                return candidate, path
    return None


def _candidates(pattern: str, entries: Sequence[str]) -> Iterator[str]:
    parts = pattern.split("/")[1:]
    if re.search(r"[({<\[][^)}>\]]*/", pattern):  # a slash inside a bracket: no parts to move
        return
    for index, part in enumerate(parts):  # a name that is nearly right
        if _PLAIN.fullmatch(part):
            guess = nearest(part, _names_at(entries, index))
            if guess is not None:
                yield "/" + "/".join([*parts[:index], guess, *parts[index + 1 :]])
    yield "/*" + pattern  # one folder deeper
    for index in range(1, len(parts)):
        yield "/" + "/".join([*parts[:index], "*", *parts[index:]])
    yield pattern.rstrip("/") + "/*"
    for index in range(len(parts) - 1):  # one folder less deep
        yield "/" + "/".join([*parts[:index], *parts[index + 1 :]])
    if _SUFFIX.search(pattern):  # another kind of file
        for suffix in sorted({s.group() for e in entries if (s := _SUFFIX.search(e))}):
            yield _SUFFIX.sub(suffix, pattern)
    if len(parts) > 1:  # the folders that should hold the files
        yield "/" + "/".join(parts[:-1])


def _names_at(entries: Sequence[str], depth: int) -> set[str]:
    return {parts[depth + 1] for e in entries if len(parts := e.split("/")) > depth + 1} - {""}
