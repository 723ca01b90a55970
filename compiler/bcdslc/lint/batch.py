"""Verdicts line by line: a spec and the world it is for go in, the server's answer comes out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bcdslc.rule.verdict import verdict, world_of


class NotALineError(Exception):
    """A line is not an object with a `spec` and a `given`."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"line {number}: {reason}")


def answers(lines: Iterable[str], target: int) -> Iterator[str]:
    """Yield a JSON line for each line: `refused`, `codes`, `text` (null where not known)."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
        except ValueError as wrong:
            raise NotALineError(number, str(wrong)) from None
        except RecursionError:
            raise NotALineError(number, "this is nested too deeply") from None
        if not isinstance(asked, dict) or "spec" not in asked:
            raise NotALineError(number, 'an object with "spec" and "given" is wanted')
        given = asked.get("given") or {}
        if not _lists(given):
            raise NotALineError(number, '"given" holds lists of projects, repos, …')
        try:
            world = world_of(given, target)
        except (AttributeError, KeyError, TypeError):
            raise NotALineError(number, '"given" holds lists of projects, repos, …') from None
        said = verdict(asked["spec"], world)
        answer = {"refused": said.refused, "codes": list(said.codes), "text": said.text}
        yield json.dumps(answer, ensure_ascii=False)


def _lists(given: object) -> bool:
    """Whether all that a line gives stands in lists, as a text alone would be read by letters."""
    return isinstance(given, dict) and all(
        value is None or isinstance(value, list) for value in given.values()
    )
