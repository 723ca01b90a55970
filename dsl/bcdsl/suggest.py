"""The nearest known name, for "did you mean"."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known name closest to a misspelt one, or None if none is close.

    Close means: equal but for case and separators, or within one edit for every three
    characters (two at least for words of five and more; a single letter is near to none), a swap
    of neighbours counting as one.
    """
    best: tuple[int, str] | None = None
    folded = _fold(word)
    for name in known:
        if name == word:
            continue
        limit = max(len(word) // 3, 2 if len(word) >= 5 else 1 if len(word) > 1 else 0)
        cost = 0 if _fold(name) == folded else _distance(word, name, limit)
        if cost <= limit and (best is None or (cost, name) < best):
            best = (cost, name)
    return best[1] if best else None


def _fold(word: str) -> str:
    return word.lower().replace("-", "").replace("_", "")


def _distance(left: str, right: str, limit: int) -> int:
    """Return the number of edits between two words, or any number above `limit`."""
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
