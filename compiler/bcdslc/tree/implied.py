"""The folders that file paths imply, put among the files in listing order."""

from __future__ import annotations

from collections.abc import Sequence


def with_folders(files: Sequence[str]) -> list[str]:
    """Return files and implied folders in order.

    `files` are absolute, ascending and without duplicates. The files of a folder stand next to
    each other, so each folder goes before the first of them.
    """
    entries = ["/"] if files else []
    add = entries.append
    folder = "/"
    for path in files:
        parent = path[: path.rindex("/") + 1]
        if parent != folder:
            while not parent.startswith(folder):
                folder = folder[: folder.rindex("/", 0, -1) + 1]
            slash = path.find("/", len(folder))
            while slash != -1:
                add(path[: slash + 1])
                slash = path.find("/", slash + 1)
            folder = parent
        add(path)
    return entries
