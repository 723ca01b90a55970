"""A file tree from a mapping of paths to texts, e.g. a JSON file."""

from __future__ import annotations

from collections.abc import Mapping

from bcdslc.tree import problem
from bcdslc.tree.build import build, clean
from bcdslc.tree.contents import InMemory
from bcdslc.tree.file_tree import FileTree


def from_mapping(files: Mapping[str, str], title: str = "") -> FileTree:
    """Return the tree of files with these contents; of two spellings of a path the last counts."""
    contents: dict[str, bytes] = {}
    twice = []
    for path, text in files.items():
        cleaned = clean(path).rstrip("/") or "/"
        if cleaned in contents:
            twice.append(cleaned)
        contents[cleaned] = text.encode("utf-8", "surrogatepass")
    contents.pop("/", None)
    problems = [problem.two_spellings(title, twice)] if twice else []
    return build(contents, title=title, contents=InMemory(contents), problems=problems)
