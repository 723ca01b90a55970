"""What is known while stages are resolved: parameters, narrowings, who writes which repo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass, field
from bcdsl.model import Writer
from bcdsl.pattern.flaw import Flaw
from bcdsl.pattern.tree import Fixed, Group, Pattern
from bcdsl.source import Span, Spanned


@dataclass(frozen=True, slots=True, kw_only=True)
class FileProblem:
    """Why a file beside the document could not be read."""

    message: str


class Files(Protocol):
    """The files beside the document."""

    def read(self, relative: str) -> str | FileProblem:
        """Return the text of a file, its path relative to the document, or why there is none."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A repo that may be read: who fills it, on which branch, and where that is said."""

    writer: Writer
    branch: str
    span: Span
    stage: str | None = None  # the stage that fills it or ticks into it
    starts: int = 0  # where that stage's name stands


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPattern:
    """A pattern's text, read once: as written, as meant, and what is wrong with it."""

    names: tuple[Group | Fixed, ...]
    meant: Pattern | None
    flaws: tuple[Flaw, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What every stage sees. Problems are added to as stages are resolved."""

    project: str | None
    filled: Mapping[str, Spanned[str]]  # parameters with a value
    unfilled: frozenset[str]
    subs: Mapping[str, Pattern]  # what `names` narrows names to
    sub_places: Mapping[str, Span]
    sources: Mapping[str, Source]
    files: Files
    unread: frozenset[str] = frozenset()  # stages that could not be read
    repos_read: bool = True  # else any name may be a repo's
    problems: list[Diagnostic] = field(default_factory=list)
    used: set[str] = field(default_factory=set)  # names of `names` and `params` met
    patterns: dict[str, KnownPattern] = field(default_factory=dict)  # by text

    def texts(self) -> dict[str, str]:
        """Return the filled parameters as plain texts."""
        return {name: value.value for name, value in self.filled.items()}
