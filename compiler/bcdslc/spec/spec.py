"""One pipeline spec with the place of every field: what rules, preview, plan and local run take."""

from __future__ import annotations

from bcdsl.frozen import dataclass
from bcdsl.source import Span
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.origin import NO_ORIGINS, Origins, Path


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spec:
    """A spec, emitted or read.

    `nulls` holds the paths at which a null was written: it removes what a cluster's or a
    project's defaults say there. `gaps` holds the places at which something was written that
    could not be read: what seems to be missing there may be meant by it. `proved` is set for
    a spec that was lowered here, so that rules about meaning need not guess at it.
    """

    request: CreatePipelineRequest
    origins: Origins = NO_ORIGINS
    nulls: frozenset[Path] = frozenset()
    gaps: frozenset[Path] = frozenset()
    proved: bool = False

    @property
    def name(self) -> str:
        """The pipeline's name, empty if it has none."""
        pipeline = self.request.pipeline
        return (pipeline.name or "") if pipeline else ""

    @property
    def project(self) -> str:
        """The project that the spec gives, else `default`."""
        pipeline = self.request.pipeline
        project = pipeline.project if pipeline else None
        return (project.name if project else None) or "default"

    def at(self, *path: str | int) -> Span | None:
        """Return the place of a field's value (camelCase path), or of the nearest around it."""
        return self.origins.at(path)

    def key(self, *path: str | int) -> Span | None:
        """Return the place of a field's key."""
        return self.origins.key(path)
