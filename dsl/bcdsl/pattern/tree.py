"""A glob as a tree, with the names that a bcdsl pattern gives to parts of it.

The tokens are those of the reader that Pachyderm uses (section 1.2 of its glob rules as
`docs/globs.md` gives them); `<name>` and `<name:sub>` are ours and read as capture groups.
Offsets count from the start of the pattern's text as written.
"""

from __future__ import annotations

from typing import TypeAlias

from bcdsl.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Literal characters, backslashes already dropped."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyChar:
    """`?`: one character, no slash."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Star:
    """`*`: any number of characters, no slash."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubleStar:
    """`**`: any number of characters but newline, slashes too."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CharClass:
    """`[…]`: `members` as collected, before POSIX names and ranges are expanded."""

    members: str
    negated: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Braces:
    """`{p,q}`: alternatives, not captured. `closer` is the character that closed it, if any."""

    alternatives: tuple[tuple[Node, ...], ...]
    closer: str = "}"
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A bracket that captures: `operator` is one of `@ ? * + ! ^` (plain brackets are `@`).

    `number` counts opening brackets from 1, as written, names included. `name` is set for
    `<name>` and `<name:sub>`; `bare` for the first of these, whose meaning is `*` until
    `names` narrows it. A bracket that came with a narrowing has number 0: nothing written
    there can refer to it. `closer` is the character that closed the group, if any.
    """

    operator: str
    alternatives: tuple[tuple[Node, ...], ...]
    number: int
    name: str | None = None
    bare: bool = False
    closer: str = ")"
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed:
    """A name that a filled parameter fixes to one text."""

    name: str
    text: str
    number: int
    start: int
    end: int


Node: TypeAlias = Text | AnyChar | Star | DoubleStar | CharClass | Braces | Group | Fixed


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A glob or a pattern: its text as written, and its tree."""

    text: str
    nodes: tuple[Node, ...]
