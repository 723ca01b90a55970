"""What a rule about specs is, and what it may know.

A rule sees specs, never the document they came from. One rule is one file with a `RULE`
(or a `FOLDER_RULE`), one code, one page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TypeAlias

from bcdsl.diagnostic import Severity
from bcdsl.frozen import dataclass, field
from bcdslc.spec.origin import Path
from bcdslc.spec.repair import Replace as Replace
from bcdslc.spec.spec import Spec


class Kind(Enum):
    """What becomes of a spec that breaks the rule."""

    REFUSED = "refused by the server"
    FAILS_LATER = "fails later"
    MISLEADS = "does something else than it says"
    IGNORED = "ignored"
    STYLE = "style"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is known of the place that the specs are for.

    `target` is the minor version of the server (12 for 2.12). With `closed` all that exists is
    listed here, and what is not listed is missing; otherwise what is not listed may exist.
    With `closed_repos` this holds of repos only, and those that the specs make are there too.
    """

    target: int = 12
    closed: bool = False
    closed_repos: bool = False
    projects: frozenset[str] = frozenset()
    repos: frozenset[tuple[str, str]] = frozenset()  # project, repo
    branches: frozenset[tuple[str, str, str]] = frozenset()  # project, repo, branch
    secrets: Mapping[str, frozenset[str]] = field(default_factory=dict)  # name: its keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One breach, at a camelCase path of one spec.

    `server` is the server's exact sentence where the rule knows it (the whole text of the
    gRPC error). `labels` are further places in the same spec. `on_key` points at the field's
    name rather than its value.
    """

    path: Path
    message: str
    help: str | None = None
    server: str | None = None
    severity: Severity | None = None  # None: the rule's
    labels: tuple[tuple[Path, str], ...] = ()
    repair: Replace | None = None
    on_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFinding:
    """One breach that shows only when specs are seen together, told at one of them."""

    spec: Spec
    finding: Finding
    others: tuple[tuple[Spec, Path, str], ...] = ()  # labels in other specs


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule about one spec."""

    code: str
    kind: Kind
    severity: Severity
    check: Callable[[Spec, World], Iterable[Finding]]
    guesses: bool = False  # about meaning: not asked of a spec whose meaning was proved


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderRule:
    """A rule about specs that live together."""

    code: str
    kind: Kind
    severity: Severity
    check: Callable[[Sequence[Spec], World], Iterable[FolderFinding]]


AnyRule: TypeAlias = Rule | FolderRule
