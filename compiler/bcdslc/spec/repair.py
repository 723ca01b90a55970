"""What would put a spec right: values, which `edits` carries out where the spec has a text."""

from __future__ import annotations

from typing import TypeAlias

from bcdsl.frozen import dataclass
from bcdslc.spec.origin import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace:
    """A safe repair: give the field at `path` this JSON value; None removes the field."""

    path: Path
    value: object
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """A safe repair: give the field at `path` this name, which is spelled in one way only."""

    path: Path
    name: str
    title: str


Repair: TypeAlias = Replace | Rename
