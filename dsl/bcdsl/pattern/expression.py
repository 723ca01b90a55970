"""What a pattern means, as an expression of few forms over characters.

The glob's operators and oddities end here: engines, and the search for common paths, know
sequences, choices, repeats, captures and one look-ahead, all greedy, the first choice first.
"""

from __future__ import annotations

from typing import TypeAlias

from bcdsl.frozen import dataclass

Pairs: TypeAlias = tuple[tuple[str, str], ...]  # first and last character of each range


@dataclass(frozen=True, slots=True)
class Literal:
    """These characters."""

    text: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One character in the ranges, or outside of them."""

    pairs: Pairs
    negated: bool = False

    def takes(self, character: str) -> bool:
        """Say whether it matches the character."""
        return self.negated != any(low <= character <= high for low, high in self.pairs)


@dataclass(frozen=True, slots=True)
class Run:
    """Any number of characters of one kind."""

    of: OneOf


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the sequences."""

    alternatives: tuple[Sequence, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """One of the sequences, at least `least` times; once at most if `once`, else without end."""

    alternatives: tuple[Sequence, ...]
    least: int
    once: bool = False


@dataclass(frozen=True, slots=True)
class Capture:
    """A sequence whose text is kept under a number, from 1 in the order of opening."""

    number: int
    body: Sequence


@dataclass(frozen=True, slots=True)
class Unless:
    """Nothing, if none of the sequences matches here (up to the end, with `to_end`)."""

    alternatives: tuple[Sequence, ...]
    to_end: bool


Expression: TypeAlias = Literal | OneOf | Run | Choice | Repeat | Capture | Unless
Sequence: TypeAlias = tuple[Expression, ...]

NO_SLASH = OneOf((("/", "/"),), negated=True)
NO_NEWLINE = OneOf((("\n", "\n"),), negated=True)


@dataclass(frozen=True, slots=True)
class Expressed:
    """A whole pattern: its expression and how many captures it has."""

    body: Sequence
    captures: int
