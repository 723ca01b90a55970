"""What the three surprises of negation share: where negations stand, and exact spellings."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.pattern.tree import DoubleStar, Fixed, Group, Pattern, Star, Text
from bcdsl.pattern.walk import walk

LISTED = "list the names that are wanted instead: `(b|c)`"


def negations(pattern: Pattern) -> Iterator[Group]:
    """Yield the negations of a pattern, nested ones too."""
    for node in walk(pattern.nodes):
        if isinstance(node, Group) and node.operator == "!":
            yield node


def text_after(pattern: Pattern, negation: Group) -> bool:
    """Say whether text or a star stands after a negation: it then excludes by prefix."""
    return any(
        isinstance(node, Text | Fixed | Star | DoubleStar) and node.start >= negation.end
        for node in walk(pattern.nodes)
    )


def forced(pattern: Pattern) -> tuple[Group, ...]:
    """Return the negations that exclude by prefix only since an earlier one has text after it."""
    found = tuple(negations(pattern))
    if not any(text_after(pattern, negation) for negation in found):
        return ()
    return tuple(negation for negation in found if not text_after(pattern, negation))


def extended(pattern: Pattern, negation: Group, ending: str) -> str | None:
    """Return the negation with `ending` written behind each alternative."""
    text = pattern.text[negation.start : negation.end]
    for alternative in reversed(negation.alternatives):
        if not alternative:
            return None
        at = alternative[-1].end - negation.start
        text = text[:at] + ending + text[at:]
    return text


def as_classes(text: str) -> str | None:
    """Return a text as one class for each character, which does not change a negation's mode."""
    if any(char in "\\[]!^-" for char in text):
        return None
    return "".join(f"[{char}]" for char in text)


def plain(text: str) -> bool:
    """Say whether a text reads the same inside a group."""
    return not any(char in "\\|)(*?[{@!^+" for char in text)
