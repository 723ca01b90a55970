"""Small documents whose lines say what is wrong with them.

A file holds several documents, each under a line `#: what it shows`, after which may stand
`| param NAME=VALUE` and `| profile NAME`. On the line that a finding points at stands
`# error: [BCnnn] "part of the message"`, or `# warning: …`; several are written one after the
other. What points nowhere is expected under the title: `#! error: [BCnnn] "…"`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases"

_EXPECTED = re.compile(r'\b(error|warning|note): \[(BC\d{3})\] "([^"]*)"')


@dataclass(frozen=True)
class Expected:
    """A finding that a document announces; line 0 is nowhere."""

    line: int
    severity: str
    code: str
    message: str


@dataclass(frozen=True)
class Case:
    """One document and what is to be said of it."""

    title: str
    text: str
    expected: tuple[Expected, ...]
    params: tuple[tuple[str, str], ...] = ()
    profiles: tuple[str, ...] = ()
    fixed: bool = False


def cases(folder: Path = CASES) -> Iterator[Case]:
    """Yield every case of every file of a folder."""
    for path in sorted(folder.glob("*.yaml")):
        parts = re.split(r"^#: (.*)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        for head, text in zip(parts[1::2], parts[2::2], strict=True):
            yield read_case(f"{path.stem}: {head}", text)


def read_case(head: str, text: str) -> Case:
    """Return a case from its title line and the text below."""
    title, *options = (part.strip() for part in head.split("|"))
    expected = []
    for number, line in enumerate(text.split("\n"), 1):
        for severity, code, message in _EXPECTED.findall(line):
            place = 0 if line.startswith("#!") else number
            expected.append(Expected(place, severity, code, message))
    words = [option.split(" ", 1) for option in options if " " in option]
    return Case(
        title=title,
        text=text,
        expected=tuple(expected),
        params=tuple(
            (value.partition("=")[0], value.partition("=")[2])
            for word, value in words
            if word == "param"
        ),
        profiles=tuple(value for word, value in words if word == "profile"),
        fixed="fixed" in options,
    )
