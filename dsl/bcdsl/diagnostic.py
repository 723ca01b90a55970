"""A finding as a value: what is wrong, where, and what to do about it.

Nothing here draws: the terminal, JSON, SARIF and an editor all read this one value.
"""

from __future__ import annotations

from enum import Enum

from bcdsl.frozen import dataclass
from bcdsl.source import Span


class Severity(Enum):
    """How much a finding matters: only an error prevents the result."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Label:
    """A second place that explains the first, and what to say of it."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the text of a span (an empty span inserts)."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A repair that a program may carry out: what it does, and its edits, which do not overlap."""

    title: str
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding.

    `message` is lower case without a final stop, names in backticks; `help` says what to do.
    `span` is None only where there is no text to point at (a spec read from a cluster, a
    missing file): then `message` names the subject.
    """

    code: str
    message: str
    span: Span | None
    severity: Severity = Severity.ERROR
    labels: tuple[Label, ...] = ()
    help: str | None = None
    fix: Fix | None = None
