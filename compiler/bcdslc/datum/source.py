"""A pfs leaf with its defaults filled in, and the entries that datums are made of."""

from __future__ import annotations

from struct import Struct
from typing import NamedTuple

from bcdsl.frozen import dataclass
from bcdslc.input_tree import Pfs
from bcdslc.tree.file_tree import FileTree

_length = Struct(">q").pack


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Source:
    """A pfs input with its defaults filled in, on the files that it reads."""

    name: str
    repo: str
    branch: str
    leaf: Pfs
    files: FileTree
    head: str  # what each of its entries has in front in what an ID hashes, a character a byte
    outer_join: bool = False
    reference: bool = False

    @property
    def signature(self) -> tuple[str, str, str]:
        """What of a leaf enters datum IDs: two leaves without it in common share no entry."""
        return self.name, self.repo, self.branch


class Entry(NamedTuple):
    """A path that an input matched, with its expanded keys.

    A tuple rather than a dataclass: there are millions.
    """

    source: Source
    path: str  # a folder ends in a slash
    join_on: str
    group_by: str


class Datum(NamedTuple):
    """What one run of the user's program gets: entries in order. A tuple for the same reason."""

    entries: tuple[Entry, ...]
    index: int = 0  # type: ignore[assignment]  # hides the method of tuples, which nobody asks


def id_part(text: str) -> str:
    """Return a text as it enters the hash of an ID: its bytes, then their number.

    Each byte is one character (Latin-1), so that parts are put together before one encoding.
    """
    raw = text.encode("utf-8", "surrogatepass")
    return raw.decode("latin-1") + length_part(len(raw))


def length_part(size: int) -> str:
    """Return the end of a part of so many bytes."""
    return _length(size).decode("latin-1")
