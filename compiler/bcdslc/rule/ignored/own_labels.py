"""Labels that Pachyderm sets itself win over a spec's. Part 6.1 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_OWN = frozenset(
    ("app", "suite", "component", "pipelineName", "pipelineProject", "pipelineVersion")
)


def own_labels(spec: Spec, world: World) -> Iterator[Finding]:
    """Find labels that lose against Pachyderm's."""
    metadata = spec.request.metadata
    for key in (metadata.labels if metadata else None) or ():
        if key in _OWN:
            yield Finding(
                path=("metadata", "labels", key),
                message=f"Pachyderm sets the label `{key}` itself: this value is not used",
                help="choose another key, `example.com/" + key + "` say",
                on_key=True,
            )


RULE = Rule(code="BC778", kind=Kind.IGNORED, severity=Severity.WARNING, check=own_labels)
