"""A file tree from text that lists paths: one a line, or what `tar -t` and `tar -tv` print.

Only names are known then (and sizes, where `tar -tv` shows them).
"""

from __future__ import annotations

import re

from bcdslc.tree.build import build, clean
from bcdslc.tree.contents import Unknown
from bcdslc.tree.file_tree import FileTree

# GNU tar: mode, owner/group, size, date, time, name; bsdtar: mode, links, owner, group, size, …
_VERBOSE = re.compile(
    r"(?P<kind>[-dlhbcps])[-rwxsStT]{9}[.+@]?\s+"
    r"(?:\S+/\S+\s+(?P<size>\d+)\s+\S+\s+\S+|\d+\s+\S+\s+\S+\s+(?P<bsd>\d+)\s+\S+\s+\S+\s+\S+)"
    r" (?P<name>.*)"
)
_ESCAPE = re.compile(r"\\([0-7]{3}|.)")
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def from_listing(text: str, title: str = "", *, archive: bool = False) -> FileTree:
    """Return the tree of the listed files. A line that ends in a slash is a folder: implied.

    With `archive`, backslashes are escapes, as tar prints them.
    """
    sizes: dict[str, int] = {}
    lines = [line for line in text.split("\n") if line]
    if lines and lines[0].endswith("\r"):
        lines = [line.rstrip("\r") for line in lines]
    if archive and lines and _VERBOSE.fullmatch(lines[0]):
        lines = _names_and_sizes(lines, sizes)
    if archive and "\\" in text:
        lines = [_ESCAPE.sub(_unescape, line) for line in lines]
    if not _clean_already(lines):
        lines = [clean(line) for line in lines]
        sizes = {clean(path): size for path, size in sizes.items()}
    files = [line for line in lines if line[-1] != "/"]
    return build(files, title=title, contents=Unknown(sizes))


def _clean_already(lines: list[str]) -> bool:
    text = "\n" + "\n".join(lines)
    return text.count("\n/") == len(lines) and "//" not in text and "/./" not in text


def _names_and_sizes(lines: list[str], sizes: dict[str, int]) -> list[str]:
    names = []
    for line in lines:
        found = _VERBOSE.fullmatch(line)
        if found is None or found["kind"] not in "-lh":
            continue
        name = found["name"].split(" -> ")[0].split(" link to ")[0]
        if found["kind"] == "-":
            sizes[name] = int(found["size"] or found["bsd"])
        names.append(name)
    return names


def _unescape(escape: re.Match[str]) -> str:
    what = escape[1]
    return chr(int(what, 8)) if len(what) == 3 else _PLAIN.get(what, what)
