"""TensorFlow jobs inside a pipeline were never built: the field is always refused."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec


def tf_job(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a spec that sets `tfJob`."""
    if spec.request.tf_job is not None:
        yield Finding(
            path=("tfJob",),
            message="no version of Pachyderm runs `tfJob`",
            help="leave it out",
            server="could not make effective spec: invalid effective spec …: "
            "embedding TFJobs in pipelines is not supported yet",
            repair=Replace(path=("tfJob",), value=None, title="leave `tfJob` out"),
            on_key=True,
        )


RULE = Rule(code="BC612", kind=Kind.REFUSED, severity=Severity.ERROR, check=tf_job)
