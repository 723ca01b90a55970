"""Fields that nothing in the server reads. Part 3.11 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import cron_inputs, pfs_inputs
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec


def no_reader(spec: Spec, world: World) -> Iterator[Finding]:
    """Find fields that are taken and do nothing."""
    for path, why in _ignored(spec):
        yield Finding(
            path=path,
            message=f"`{path[-1]}` does nothing{why}",
            help=f"remove `{path[-1]}`",
            on_key=True,
            repair=Replace(path=path, value=None, title=f"remove `{path[-1]}`"),
        )


def _ignored(spec: Spec) -> Iterator[tuple[Path, str]]:
    transform = spec.request.transform
    if transform is not None and transform.debug:
        yield ("transform", "debug"), ""
    if transform is not None and transform.dockerfile:
        yield ("transform", "dockerfile"), ": no image is built from it"
    service = spec.request.service
    if service is not None and service.ip:
        yield ("service", "ip"), ": Kubernetes chooses the address"
    for cron in cron_inputs(spec):
        if cron.cron.commit:
            yield (*cron.path, "commit"), ": it is filled in for each job"
    for place in pfs_inputs(spec):
        if place.pfs.repo_type in ("meta", "spec"):  # others are refused
            yield (*place.path, "repoType"), ": files are always read from the user repo"


RULE = Rule(code="BC770", kind=Kind.IGNORED, severity=Severity.WARNING, check=no_reader)
