"""Globs, compiled: what they match, what they capture, and one path after the other."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from bcdsl.pattern.express import express
from bcdsl.pattern.expression import Expressed, Literal
from bcdsl.pattern.read import read_glob
from bcdsl.pattern.tree import Pattern
from bcdslc.glob.depth import depth
from bcdslc.glob.engine import run
from bcdslc.glob.error import GlobError
from bcdslc.glob.program import Program, compile_program
from bcdslc.glob.regular import regular

_CHUNK = 8192


def compile_glob(glob: str | Pattern) -> Matcher:
    """Return the matcher of a glob, taken as it is written; `GlobError` if it does not compile.

    Pachyderm cleans a glob before it uses it: ask for `canonical(glob)` to do the same.
    """
    if isinstance(glob, Pattern):
        expressed = express(glob)
        return Matcher(expressed, root=expressed.body == (Literal("/"),))
    pattern, flaws = read_glob(glob)
    if pattern is None:
        raise GlobError(flaws[0].message)
    return Matcher(express(pattern), root=glob == "/")


class Matcher:
    """One glob. `prefix` is the literal text that every match starts with."""

    def __init__(self, expressed: Expressed, *, root: bool) -> None:
        self.captures = expressed.captures
        self.prefix = _prefix(expressed)
        self._expressed = expressed
        self._root = root
        self._program: Program | None = None
        self._fast = regular(expressed)
        self._depth = depth(expressed.body)

    def match(self, path: str) -> tuple[str, ...] | None:
        """Return the captures for a path without trailing slash, element 0 the whole path.

        The root is the empty path; the glob `/` matches it by decree and then has no captures
        at all, not even element 0. None means no match.
        """
        fast = self._fast
        if fast is not None and fast.safe(path):
            found = fast.match.match(path)
            if found is None:
                return () if self._root and not path else None
            return found.groups("")
        return self._remembering(path)

    def over(self, paths: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the matching paths with their captures, in order.

        The paths are sorted, directories with their trailing `/` (which is not matched); only
        those that start with the literal prefix are looked at.
        """
        low = bisect_left(paths, self.prefix) if self.prefix else 0
        if self._root and paths and paths[0] == "/":
            yield "/", ()
        high = bisect_left(paths, _after(self.prefix), low) if self.prefix else len(paths)
        for start in range(low, high, _CHUNK):
            chunk = self._at_depth(paths[start : min(start + _CHUNK, high)])
            if not chunk:
                continue
            if self._fast is None or not self._fast.all_safe(chunk):
                yield from self._slowly(chunk)
                continue
            match = self._fast.match.match
            for path in chunk:
                found = match(path if path[-1] != "/" else path[:-1])
                if found:
                    yield path, found.groups("")

    def _at_depth(self, paths: Sequence[str]) -> Sequence[str]:
        """Return the paths that are deep enough and no deeper; a folder's last slash is none."""
        wanted = self._depth
        if wanted is None:
            return paths
        return [path for path in paths if path.count("/", 0, -1) == wanted]

    def _slowly(self, paths: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for path in paths:
            bare = path[:-1] if path[-1] == "/" else path
            captures = self.match(bare)
            if captures is not None and bare:
                yield path, captures

    def _remembering(self, path: str) -> tuple[str, ...] | None:
        if self._program is None:
            self._program = compile_program(self._expressed.body, self._expressed.captures)
        return run(self._program, path)


def _prefix(expressed: Expressed) -> str:
    first = expressed.body[0] if expressed.body else None
    return first.text if isinstance(first, Literal) else ""


def _after(prefix: str) -> str:
    """Return a text above every path with the prefix, and below every path behind those."""
    last = ord(prefix[-1])
    return prefix[:-1] + chr(last + 1) if last < sys.maxunicode else prefix + prefix[-1]
