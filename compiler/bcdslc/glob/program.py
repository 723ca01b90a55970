"""An expression as a list of instructions, for the engine that never explodes.

Each instruction is a small tuple: what it is, then its operands. Loops are numbered, so that
the engine can mark where an iteration began; `within` lists, for each instruction, the loops
around it.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from bcdsl.frozen import dataclass, field
from bcdsl.pattern.expression import (
    Capture,
    Choice,
    Expression,
    Literal,
    OneOf,
    Repeat,
    Run,
    Sequence,
    Unless,
)

LITERAL, ONE, RUN, EITHER, JUMP, SAVE, BEGIN, AGAIN, UNLESS, AT_END, DONE = range(11)

Instruction: TypeAlias = tuple[Any, ...]


@dataclass(slots=True)
class Program:
    """Instructions, and what the engine must know to run them."""

    code: list[Instruction] = field(default_factory=list)
    within: list[tuple[int, ...]] = field(default_factory=list)
    captures: int = 0
    loops: int = 0
    open_loops: tuple[int, ...] = ()

    def add(self, *instruction: Any) -> int:
        """Append an instruction and return its place."""
        self.code.append(instruction)
        self.within.append(self.open_loops)
        return len(self.code) - 1

    def sequence(self, parts: Sequence) -> None:
        """Append what matches the parts one after the other."""
        for part in parts:
            self.part(part)

    def part(self, part: Expression) -> None:
        """Append what matches one part."""
        match part:
            case Literal(text):
                self.add(LITERAL, text, len(text))
            case OneOf():
                self.add(ONE, part)
            case Run(of):
                self.add(RUN, of)
            case Choice(alternatives):
                self.choice(alternatives)
            case Repeat():
                self.repeat(part)
            case Capture(number, body):
                self.add(SAVE, 2 * number)
                self.sequence(body)
                self.add(SAVE, 2 * number + 1)
            case Unless(alternatives, to_end):
                self.add(UNLESS, look_ahead(alternatives, to_end=to_end))

    def choice(self, alternatives: tuple[Sequence, ...]) -> None:
        """Append a choice: each alternative jumps behind the last."""
        jumps = []
        for alternative in alternatives[:-1]:
            either = self.add(EITHER, 0, 0)
            self.sequence(alternative)
            jumps.append(self.add(JUMP, 0))
            self.code[either] = (EITHER, either + 1, len(self.code))
        self.sequence(alternatives[-1])
        for jump in jumps:
            self.code[jump] = (JUMP, len(self.code))

    def repeat(self, part: Repeat) -> None:
        """Append a repeat; an iteration that takes nothing is the last, as in the library."""
        first = self.add(EITHER, 0, 0) if part.least == 0 else None
        if part.once:
            self.choice(part.alternatives)
        else:
            outer, loop = self.open_loops, self.loops
            self.loops += 1
            self.open_loops = (*outer, loop)
            begin = self.add(BEGIN, loop)
            self.choice(part.alternatives)
            self.add(AGAIN, loop, begin)
            self.open_loops = outer
        if first is not None:
            self.code[first] = (EITHER, first + 1, len(self.code))


def compile_program(body: Sequence, captures: int) -> Program:
    """Return the program that matches a whole path."""
    program = Program(captures=captures)
    program.sequence(body)
    program.add(DONE, True)
    return program


def look_ahead(alternatives: tuple[Sequence, ...], *, to_end: bool) -> Program:
    """Return the program of a negation: it need not reach the end unless `to_end`."""
    program = Program(captures=_last_capture(alternatives))
    program.choice(alternatives)
    if to_end:
        program.add(AT_END)
    program.add(DONE, False)
    return program


def _last_capture(alternatives: tuple[Sequence, ...]) -> int:
    last = 0
    for alternative in alternatives:
        for part in alternative:
            match part:
                case Capture(number, body):
                    last = max(last, number, _last_capture((body,)))
                case Choice(inside) | Repeat(inside) | Unless(inside):
                    last = max(last, _last_capture(inside))
                case _:
                    pass
    return last
