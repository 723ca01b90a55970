"""The formatter in one function: text in, text out, with the same meaning and the same comments.

It works on the tokens of the text: each scalar, anchor and comment is printed as it was
written, and only what stands between them is chosen anew.
"""

from __future__ import annotations

from bcdsl.compose import compose, tokens
from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.fmt.comments import comments_of
from bcdsl.fmt.printer import Printer
from bcdsl.fmt.same import same_trees
from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """The formatted text, or the errors for which the text is left alone."""

    text: str | None
    problems: tuple[Diagnostic, ...]


def format_text(source: SourceFile) -> Formatted:
    """Return the text in bcdsl's layout; a text that YAML cannot read has none."""
    composed = compose(source)
    if any(problem.severity is Severity.ERROR for problem in composed.problems):
        return Formatted(text=None, problems=composed.problems)
    text = source.text.removeprefix("\ufeff")
    unix = text.replace("\r\n", "\n").replace("\r", "\n")
    result = Printer(unix, tokens(unix)).run()
    again = compose(SourceFile(source.name, result))
    same = same_trees(composed.documents, again.documents)
    if not same or comments_of(unix) != comments_of(result):
        # a layout this printer does not master (YAML 1.1's other line ends): better untouched
        return Formatted(text=source.text, problems=())
    first = text.find("\n")
    if first > 0 and text[first - 1] == "\r":
        result = result.replace("\n", "\r\n")
    return Formatted(text=result, problems=())
