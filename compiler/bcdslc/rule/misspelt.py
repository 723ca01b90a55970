"""Names that are so alike that one is more likely the other misspelt, found without comparing all.

Alike are names that differ in case, `-` and `_` only, and long ones that differ by one letter
too many, wrong or swapped; but a plural or another number is another name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

_FOLD = {ord("-"): None, ord("_"): None}
_LONG = 6


def neighbours(names: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names by each text that is one of them, folded, less one letter or none."""
    found: dict[str, dict[str, None]] = {}
    for name in names:
        for short in _shorter(_folded(name)):
            found.setdefault(short, {})[name] = None
    return {short: tuple(each) for short, each in found.items()}


def near(name: str, words: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the names, of those that `neighbours` was given, for which a name may be meant."""
    left = _folded(name)
    told: set[str] = set()
    for short in _shorter(left):
        for other in words.get(short, ()):
            if other != name and other not in told and _alike(left, _folded(other)):
                told.add(other)
                yield other


def _folded(name: str) -> str:
    return name.lower().translate(_FOLD)


def _shorter(word: str) -> Iterator[str]:
    yield word
    if len(word) >= _LONG - 1:
        for index in range(len(word)):
            yield word[:index] + word[index + 1 :]


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    plural = left.rstrip("s") == right.rstrip("s")
    digits = any(letter.isdigit() for letter in left + right)
    return not plural and not digits and len(left) >= _LONG and _one_slip(left, right)


def _one_slip(left: str, right: str) -> bool:
    """Whether two different words differ by one letter too many, wrong or swapped."""
    start = 0
    while left[start : start + 1] == right[start : start + 1]:
        start += 1
    a, b = left[start:], right[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[1::-1])
