"""What `--data` names: a folder, or a file that lists one."""

from __future__ import annotations

import os
import sys

from bcdsl.diagnostic import Diagnostic
from bcdslc.tree import problem
from bcdslc.tree.file_tree import FileTree

_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".tar.zst", ".zip")


def open_data(place: str) -> FileTree:
    """Return the tree at a place; `-` is a list of paths on standard input.

    A `.json` file holds `{"path": "content"}` or `["path", …]`; any other file is a list of
    paths, and the listing of an archive if its name says so (`data.tar.txt`). A tree that
    cannot be read is empty and has an error among its problems. Each reader is imported
    when it is needed.
    """
    try:
        if place != "-" and os.path.isdir(place):
            from bcdslc.tree.from_folder import from_folder

            return from_folder(place, place)
        if place.lower().endswith(_ARCHIVES):
            repair = f"list it: `tar -tf {place} > {place}.txt`, and give that file"
            return _nothing(problem.malformed(place, "is an archive, not a listing", repair))
        raw = _bytes(place)
        text = raw.decode("utf-8", "surrogateescape")
    except FileNotFoundError:
        return _nothing(problem.missing(place))
    except (OSError, ValueError) as why:
        reason = getattr(why, "strerror", None) or "no such name can exist"
        return _nothing(problem.malformed(place, f"cannot be read: {reason}", "check the path"))
    if place.lower().endswith(".json"):
        return _from_json(text, place)
    if "\0" in text:
        repair = "give a folder, a `.json` file, or a text with one path a line"
        return _nothing(problem.malformed(place, "is no text", repair))
    from bcdslc.tree.from_listing import from_listing

    name = os.path.basename(place)
    return from_listing(text, place, archive=".tar" in name or ".tgz" in name)


def _bytes(place: str) -> bytes:
    if place == "-":
        return sys.stdin.buffer.read()
    with open(place, "rb") as file:
        return file.read()


def _from_json(text: str, place: str) -> FileTree:
    import json

    from bcdslc.tree.from_listing import from_listing
    from bcdslc.tree.from_mapping import from_mapping

    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as why:
        repair = 'write `{"/path": "content", …}` or `["/path", …]`'
        return _nothing(problem.malformed(place, f"is not JSON: {why}", repair))
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return from_mapping(value, place)
    if isinstance(value, list) and all(isinstance(path, str) and path for path in value):
        return from_listing("\n".join(value), place)
    repair = 'write `{"/path": "content", …}` or `["/path", …]`'
    return _nothing(problem.malformed(place, "is no mapping of paths to texts", repair))


def _nothing(problem: Diagnostic) -> FileTree:
    return FileTree(problems=(problem,))
