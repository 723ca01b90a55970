"""Backtracking that remembers its failures, so that it answers in polynomial time.

What a backtracking engine finds is decided by the order of its choices: greedy, the first
alternative first. A state that failed once fails always, since nothing but the place in the
program, the place in the path, and which open iterations have taken something yet, decides
what can follow. So each such state is tried once; the first way that reaches the end is the
way the library would find if it had the time, with the same captures.

A run of characters (`*`, `**`) would still cost the square of its length, since each start
tries all ends. Two starts in one stretch share their ends: what lies beyond the second start
was tried from the first. So per stretch only the lowest end tried is kept.
"""

from __future__ import annotations

from typing import Any

from bcdsl.pattern.expression import NO_NEWLINE, NO_SLASH, OneOf
from bcdslc.glob.program import (
    AGAIN,
    AT_END,
    BEGIN,
    DONE,
    EITHER,
    JUMP,
    LITERAL,
    ONE,
    RUN,
    SAVE,
    UNLESS,
    Program,
)


def run(program: Program, path: str) -> tuple[str, ...] | None:
    """Return the captures of a match of the whole path, the path first; None without a match."""
    slots = _Attempt(program, path).go(0)
    if slots is None:
        return None
    texts = [path]
    for number in range(1, program.captures + 1):
        start, end = slots[2 * number], slots[2 * number + 1]
        texts.append(path[start:end] if end >= 0 else "")
    return tuple(texts)


class _Attempt:
    """One program over one path: what failed, and what its look-aheads answered."""

    def __init__(self, program: Program, path: str) -> None:
        self.program = program
        self.path = path
        self.ahead: dict[tuple[int, int], bool] = {}
        self.attempts: dict[int, _Attempt] = {}
        self.stretches: dict[int, dict[int, int]] = {}

    def go(self, at: int) -> list[int] | None:
        """Return the capture slots of the first match from a place on, None without one."""
        program, path, size = self.program, self.path, len(self.path)
        code, within = program.code, program.within
        slots = [-1] * (2 * program.captures + 2)
        marks = [-1] * program.loops
        undo: list[tuple[list[int], int, int]] = []
        back: list[tuple[int, int, int, int]] = []  # place, path, undo, and a run's start
        tried: set[tuple[Any, ...]] = set()
        lowest: dict[tuple[int, int], int] = {}
        place = 0
        while True:
            step = code[place]
            kind = step[0]
            if kind == LITERAL:
                if path.startswith(step[1], at):
                    at += step[2]
                    place += 1
                    continue
            elif kind == ONE:
                if at < size and step[1].takes(path[at]):
                    at += 1
                    place += 1
                    continue
            elif kind == RUN:
                end = self.end_of_run(place, step[1], at)
                if (place, end) not in lowest:
                    lowest[place, end] = end + 1
                back.append((place, at, len(undo), end))
            elif kind == SAVE:
                undo.append((slots, step[1], slots[step[1]]))
                slots[step[1]] = at
                place += 1
                continue
            elif kind == JUMP:
                place = step[1]
                continue
            elif kind == BEGIN:
                undo.append((marks, step[1], marks[step[1]]))
                marks[step[1]] = at
                place += 1
                continue
            elif kind in (EITHER, AGAIN):
                state = (place, at, *[marks[loop] != at for loop in within[place]])
                if state not in tried:
                    tried.add(state)
                    if kind == EITHER:
                        back.append((step[2], at, len(undo), -1))
                        place = step[1]
                    elif marks[step[1]] != at:
                        back.append((place + 1, at, len(undo), -1))
                        place = step[2]
                    else:
                        place += 1
                    continue
            elif kind == UNLESS:
                if not self.sees_ahead(place, step[1], at):
                    place += 1
                    continue
            elif kind == AT_END:
                if at == size or (at == size - 1 and path[at] == "\n"):
                    place += 1
                    continue
            elif kind == DONE and (not step[1] or at == size):
                return slots
            # this way failed: take the last choice that is left
            while back:
                place, at, height, end = back.pop()
                while len(undo) > height:
                    values, index, old = undo.pop()
                    values[index] = old
                if end < 0:
                    break
                start, at = at, lowest[place, end] - 1
                if at > start:
                    lowest[place, end] = at
                    back.append((place, start, height, end))
                    place += 1
                    break
                state = (place, start, *[marks[loop] != start for loop in within[place]])
                if state not in tried:
                    tried.add(state)
                    at = start
                    place += 1
                    break
            else:
                return None

    def end_of_run(self, place: int, of: OneOf, at: int) -> int:
        """Return where the stretch of such characters that holds a place ends."""
        if of is NO_SLASH or of is NO_NEWLINE:
            end = self.path.find("/" if of is NO_SLASH else "\n", at)
            return end if end >= 0 else len(self.path)
        known = self.stretches.setdefault(place, {})
        if at not in known:
            end = at
            while end < len(self.path) and of.takes(self.path[end]):
                end += 1
            known.update((start, end) for start in range(at, end + 1))
        return known[at]

    def sees_ahead(self, place: int, program: Program, at: int) -> bool:
        """Say whether a look-ahead matches at a place; each is asked once."""
        answer = self.ahead.get((place, at))
        if answer is None:
            if place not in self.attempts:
                self.attempts[place] = _Attempt(program, self.path)
            answer = self.attempts[place].go(at) is not None
            self.ahead[place, at] = answer
        return answer
