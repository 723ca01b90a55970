"""What is looked for in the bare text, before YAML reads it."""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_accident.limits import SIZE, too_large

CHARACTER = "BC010"
CONFLICT = "BC011"

# YAML 1.2.2, production c-printable; libyaml ends at the first other character
_NOT_PRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]",
)
_OURS = re.compile(r"^<{7}(?: .*)?$", re.MULTILINE)
_MIDDLE = re.compile(r"^={7}$", re.MULTILINE)
_THEIRS = re.compile(r"^>{7}(?: .*)?$", re.MULTILINE)

_SHOWN = 20  # a binary file would else have a finding for each byte


def unreadable(source: SourceFile) -> tuple[Diagnostic, ...]:
    """Return what makes a text no YAML at all; such a text is not read any further."""
    if len(source.text) > SIZE:
        return (too_large(source),)
    return _characters(source) or _conflicts(source)


def _characters(source: SourceFile) -> tuple[Diagnostic, ...]:
    if source.text.isprintable() or not _NOT_PRINTABLE.search(source.text):
        return ()
    found = []
    for match in _NOT_PRINTABLE.finditer(source.text):
        found.append(
            Diagnostic(
                code=CHARACTER,
                message=f"the character U+{ord(match[0]):04X} may not stand in YAML",
                span=Span(source, match.start(), match.end()),
                help=f"remove it; inside double quotes it is written `{_escape(match[0])}`",
            )
        )
        if len(found) == _SHOWN:
            break
    return tuple(found)


def _conflicts(source: SourceFile) -> tuple[Diagnostic, ...]:
    """Find what git leaves in a file that it could not merge."""
    text = source.text
    if "<<<<<<<" not in text:
        return ()
    found = []
    end = 0
    while ours := _OURS.search(text, end):
        middle = _MIDDLE.search(text, ours.end())
        theirs = _THEIRS.search(text, middle.end()) if middle else None
        if not middle or not theirs:
            break
        found.append(
            Diagnostic(
                code=CONFLICT,
                message="a merge conflict is not resolved",
                span=Span(source, ours.start(), ours.end()),
                labels=(
                    Label(Span(source, middle.start(), middle.end()), "the other side starts here"),
                    Label(Span(source, theirs.start(), theirs.end()), "and ends here"),
                ),
                help="keep one side, and remove the three marker lines",
            )
        )
        end = theirs.end()
    return tuple(found)


def _escape(char: str) -> str:
    number = ord(char)
    return f"\\x{number:02X}" if number < 256 else f"\\u{number:04X}"
