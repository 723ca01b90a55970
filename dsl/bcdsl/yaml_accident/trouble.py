"""Where the YAML library gave up, and what stands around that place."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Fix
from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile, Span
from bcdsl.yaml_accident.quote import line_start, rest_of_value
from bcdsl.yaml_tree import Scalar


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An error of libyaml: its words, its places, and the scalar read last before it.

    `at` is where reading ended, `since` where the thing that was being read began.
    """

    source: SourceFile
    problem: str
    context: str
    at: int
    since: int
    last: Scalar | None

    @property
    def char(self) -> str:
        """The character at which reading ended ("" at the end of the text)."""
        return self.source.text[self.at : self.at + 1]

    @property
    def before(self) -> str:
        """The line up to the place where reading ended."""
        return self.source.text[line_start(self.source, self.at) : self.at]

    def starts_line(self) -> bool:
        """Say whether only blanks stand before the place on its line."""
        return not self.before.strip(" \t")

    def same_line(self, offset: int) -> bool:
        """Say whether an offset lies on the line at which reading ended."""
        return line_start(self.source, offset) == line_start(self.source, self.at)

    def span(self, start: int, end: int) -> Span:
        """Return a stretch of the text."""
        return Span(self.source, start, min(end, len(self.source.text)))

    def found(
        self, code: str, message: str, span: Span, help_: str, fix: Fix | None = None
    ) -> Diagnostic:
        """Return a finding about this trouble."""
        return Diagnostic(code=code, message=message, span=span, help=help_, fix=fix)


def value_from(trouble: Trouble, start: int) -> tuple[Span, bool]:
    """Return the value that starts at an offset, and whether it stands inside brackets."""
    source = trouble.source
    before = source.text[line_start(source, start) : start]
    inside = before.rstrip().endswith((",", "[", "{")) or (
        before.count("[") + before.count("{") > before.count("]") + before.count("}")
    )
    span = rest_of_value(source, start)
    if inside:
        text = span.text
        ends = [at for at in map(text.find, ",]}") if at > 0]
        span = Span(source, start, start + len(text[: min(ends, default=len(text))].rstrip()))
    return span, inside
