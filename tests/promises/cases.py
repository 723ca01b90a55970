"""Documents that hold the language to its promises: what is said of them, what they become.

As in `tests/language/cases.py`, a file holds documents under `#: title` lines, and findings are
announced on the lines that they point at. Here a document goes through the whole compiler, and
two more lines may stand in it:

    #= STAGE: join(a /(*) "$1", b /(*) "$1")     the stage's input, in the brief form
    #= STAGE {"datumTries": 2}                   a part of the stage's spec; `null`: not emitted

`| fixed` after the title: the fixes that the findings offer, and no more, leave nothing to say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from language.cases import Case, cases

CASES = Path(__file__).parent / "cases"

_BECOMES = re.compile(r"^#= ([\w-]+)(:| (?=\{)) ?(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Becomes:
    """A stage, and its input in brief or a part of its spec."""

    stage: str
    brief: str | None = None
    part: Any = None


def promises() -> Iterator[Case]:
    """Yield every case of every file."""
    yield from cases(CASES)


def becomes(case: Case) -> Iterator[Becomes]:
    """Yield what the stages of a case are said to become."""
    for stage, colon, text in _BECOMES.findall(case.text):
        if colon == ":":
            yield Becomes(stage, brief=text)
        else:
            yield Becomes(stage, part=json.loads(text))


def lacks(part: Any, whole: Any, at: str = "") -> str | None:
    """Return where a value lacks a part, or None if it holds it; `null` is absence."""
    if isinstance(part, dict) and isinstance(whole, dict):
        for key, value in part.items():
            if value is None:
                found = f"{at}.{key} is there" if key in whole else None
            else:
                found = lacks(value, whole.get(key), f"{at}.{key}")
            if found:
                return found
        return None
    same = part == whole and type(part) is type(whole)
    return None if same else f"{at} is {whole!r}, not {part!r}"
