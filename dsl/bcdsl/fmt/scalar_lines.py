"""Texts of several lines, moved to another indentation without a change to what they say."""

from __future__ import annotations

import re

from bcdsl.fmt.level import STEP
from bcdsl.frozen import dataclass

_HEADER = re.compile(r"([|>])([-+0-9]*)[ \t]*(#.*)?")


@dataclass(frozen=True, slots=True)
class BlockText:
    """A `|` or `>` text: its lines as they are to be printed, and what ends it."""

    lines: list[str]
    blank_after: bool  # a blank line stood behind it that does not belong to it
    ended: bool  # a line end followed its last line


def joined_lines(text: str, indent: int) -> str:
    """Return a plain or quoted text with its further lines indented so.

    YAML drops the blanks that start a line inside such a text.
    """
    first, *rest = text.split("\n")
    moved = [line.lstrip(" \t") for line in rest]
    return "\n".join([first, *(" " * indent + line if line else "" for line in moved)])


def block_text(text: str, parent: int, indent: int) -> BlockText:
    """Return a `|` or `>` text with its lines indented by `indent`.

    `parent` is the column of the level it stands in, from which a written indentation counts
    (-1 for none). Blanks beyond the indentation are the author's and stay.
    """
    header, *lines = text.split("\n")
    ended = not lines or lines[-1].strip(" ") == ""
    if ended and lines:
        lines.pop()
    match = _HEADER.match(header)
    style, marks, comment = match.groups() if match else (header, "", None)
    digit = next((mark for mark in marks if mark.isdigit()), "")
    if digit:
        old = max(parent, 0) + int(digit)
        marks = marks.replace(digit, str(STEP))
    else:
        old = _indentation(lines)
    body = [" " * indent + line[old:] if len(line) > old else "" for line in lines]
    blank_after = False
    if "+" not in marks:
        while body and not body[-1]:
            body.pop()
            blank_after = True
    shown = f"{style}{marks}  {comment.rstrip()}" if comment else style + marks
    return BlockText([shown, *body], blank_after, ended)


def _indentation(lines: list[str]) -> int:
    """Return the indentation of the first line that is not blank; of blank ones, the deepest."""
    deepest = 0
    for line in lines:
        depth = len(line) - len(line.lstrip(" "))
        if depth < len(line):
            return depth
        deepest = max(deepest, depth)
    return deepest
