"""The words of a command, split as a shell splits them; what only a shell could do is refused.

POSIX, "Shell Command Language", 2.2 (quoting) and 2.6.5 (field splitting). Nothing is expanded.
"""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.frozen import dataclass
from bcdsl.place import part
from bcdsl.yaml_tree import Scalar

WANTS_SHELL = "BC120"
OPEN_QUOTE = "BC121"
NO_WORDS = "BC122"

_PLAIN = re.compile(r"[A-Za-z0-9_./:=,@%+-]+", re.ASCII)
_PARAMETER = re.compile(r"<[A-Za-z_][A-Za-z0-9_]*>", re.ASCII)
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=", re.ASCII)
_ANYWHERE = {
    "|": "a pipe",
    "&": "more than one command",
    ";": "more than one command",
    "<": "a redirection",
    ">": "a redirection",
    "(": "a subshell",
    ")": "a subshell",
    "$": "a variable",
    "`": "a command's output",
    "*": "file names",
    "?": "file names",
    "[": "file names",
    "\n": "more than one line",
}
_AT_START = {"~": "a home folder", "#": "a comment"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word, and where it stands in the text, quotes included."""

    text: str
    start: int
    end: int


def split_words(
    scalar: Scalar, repair: str = "write `script:` in place of `cmd:`"
) -> tuple[Word, ...] | Diagnostic:
    """Return the words of a command, or why there are none; `repair` is what a shell is given."""
    text = scalar.text.rstrip("\n") if scalar.style in ("|", ">") and scalar.style else scalar.text
    found = _split(text)
    if isinstance(found, tuple):
        return found or error(
            NO_WORDS, "a command has at least one word", scalar.span, "write the program's name"
        )
    if found.quote:
        return error(
            OPEN_QUOTE,
            f"the quote `{text[found.at]}` is not closed",
            part(scalar, found.at, found.at + 1),
            "close it",
        )
    what = "line" if text[found.at] == "\n" else text[found.at : found.end]
    shown = "a second line" if what == "line" else f"`{what}`"
    return error(
        WANTS_SHELL,
        f"{shown} is for a shell ({found.why}), and a command runs without one",
        part(scalar, found.at, found.end),
        f"{repair}, or put quotes around it if it is meant as it stands",
    )


@dataclass(frozen=True, slots=True)
class _Stop:
    at: int
    end: int
    why: str
    quote: bool = False


def _split(text: str) -> tuple[Word, ...] | _Stop:
    words: list[Word] = []
    at, size = 0, len(text)
    while at < size:
        if text[at] in " \t":
            at += 1
            continue
        word = _word(text, at)
        if isinstance(word, _Stop):
            return word
        if not words:
            variable = _ASSIGNMENT.match(text, at)
            if variable:
                return _Stop(at, variable.end(), "setting a variable")
        words.append(word)
        at = word.end
    return tuple(words)


def _word(text: str, start: int) -> Word | _Stop:
    """Read one word: stretches that are plain, quoted or escaped."""
    at, size = start, len(text)
    taken: list[str] = []
    if text[at] in _AT_START:
        return _Stop(at, at + 1, _AT_START[text[at]])
    while at < size and text[at] not in " \t":
        char = text[at]
        plain = _PLAIN.match(text, at) or _PARAMETER.match(text, at)
        if plain:
            taken.append(plain[0])
            at = plain.end()
        elif char == "'":
            end = text.find("'", at + 1)
            if end < 0:
                return _Stop(at, at + 1, "", quote=True)
            taken.append(text[at + 1 : end])
            at = end + 1
        elif char == '"':
            end = _double_quoted(text, at + 1, taken)
            if end < 0:
                return (
                    _Stop(at, at + 1, "", quote=True)
                    if end == -1
                    else _Stop(-end - 2, -end - 1, _ANYWHERE[text[-end - 2]])
                )
            at = end
        elif char == "\\":
            if at + 1 == size:
                return _Stop(at, at + 1, "a line that goes on")
            taken.append(text[at + 1])
            at += 2
        elif char in _ANYWHERE:
            return _Stop(at, at + 1, _ANYWHERE[char])
        else:
            taken.append(char)
            at += 1
    return Word("".join(taken), start, at)


def _double_quoted(text: str, at: int, taken: list[str]) -> int:
    """Read up to the closing quote; -1 if it is missing, -2 - n for what a shell expands at n."""
    size = len(text)
    while at < size:
        char = text[at]
        if char == '"':
            return at + 1
        if char == "\\" and at + 1 < size and text[at + 1] in '\\"$`':
            taken.append(text[at + 1])
            at += 2
        elif char in "$`":
            return -2 - at
        else:
            taken.append(char)
            at += 1
    return -1
