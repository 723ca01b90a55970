"""What is wanted of a cluster."""

from __future__ import annotations

from bcdsl.frozen import dataclass
from bcdslc.spec.spec import Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the document wants, and what was asked for beside it.

    `recreate` names stages that may be deleted with all they wrote, where nothing else will do.
    """

    project: str
    dag: str | None
    repos: tuple[str, ...]
    specs: tuple[Spec, ...]  # upstream first
    reprocess: frozenset[str] = frozenset()
    recreate: frozenset[str] = frozenset()
    prune: bool = False
