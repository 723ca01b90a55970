"""A document of bcdsl among files of specs: one finding, rather than one for each of its keys."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.load import STDIN
from bcdsl.source import SourceFile, Span
from bcdslc.lint.find import DOCUMENTS
from bcdslc.spec.decode import UNKNOWN_FIELD
from bcdslc.spec.read import SpecsRead

_STAGES = "stages:"


def document(source: SourceFile, read: SpecsRead) -> Diagnostic | None:
    """Return what to say of a file that is a document, None if it is not one.

    It is by its name, or if it has `stages` where nothing looks like a spec.
    """
    at = f"\n{source.text}".find(f"\n{_STAGES}")
    if not source.name.endswith(DOCUMENTS) and (at < 0 or not read.foreign):
        return None
    file = "-" if source.name == STDIN else source.name
    start, end = (at, at + len(_STAGES) - 1) if at >= 0 else (0, 0)
    return Diagnostic(
        code=UNKNOWN_FIELD,
        message="this is a document of bcdsl, not a pipeline spec",
        span=Span(source, start, end),
        help=f"use `bcdsl check {file}`; to lint its specs, `bcdsl compile {file} | bcdsl lint -`",
    )
