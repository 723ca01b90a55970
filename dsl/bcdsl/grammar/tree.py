"""What the grammars read a text into: tokens under the rules that took them."""

from __future__ import annotations

from bcdsl.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal and its place in the text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Branch:
    """One rule and what stands under it."""

    rule: str
    children: tuple[Branch | Token, ...]

    def token(self, rule: str) -> Token | None:
        """Return the token under the child of that rule, if there is one."""
        for child in self.children:
            if isinstance(child, Branch) and child.rule == rule:
                token = child.children[0]
                assert isinstance(token, Token)
                return token
        return None


@dataclass(frozen=True, slots=True)
class Unexpected:
    """Where a text leaves its grammar, and the terminals that could have stood there."""

    at: int
    expected: tuple[str, ...]
