"""A file tree from a folder of this machine, as `pachctl put file -r` would upload it.

A link to a file counts as that file. A link to a folder, or to nothing, is not followed: it is
left out and said, so that a cycle of links cannot keep us busy.
"""

from __future__ import annotations

import os

from bcdslc.tree import problem
from bcdslc.tree.build import build
from bcdslc.tree.contents import OnDisk
from bcdslc.tree.file_tree import FileTree


def from_folder(folder: str, title: str) -> FileTree:
    """Return the tree of a folder's files. Reads names only, never what files hold."""
    files: list[str] = []
    links: list[str] = []
    unreadable: list[str] = []
    todo = ["/"]
    while todo:
        prefix = todo.pop()
        try:
            with os.scandir(folder + prefix) as entries:
                for entry in entries:
                    path = prefix + entry.name
                    if entry.is_file(follow_symlinks=False):  # most are; the system said so already
                        files.append(path)
                    elif entry.is_dir(follow_symlinks=False):
                        todo.append(path + "/")
                    elif entry.is_file():
                        files.append(path)
                    else:
                        (links if entry.is_symlink() else unreadable).append(path)
        except OSError:
            unreadable.append(prefix)
    problems = [say(title, sorted(paths)) for say, paths in (
        (problem.links, links), (problem.unreadable, unreadable)) if paths]  # fmt: skip
    return build(files, title=title, contents=OnDisk(folder), problems=problems)
