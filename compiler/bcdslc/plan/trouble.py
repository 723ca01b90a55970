"""What a pipeline's trouble means and what to change, at the line of the document.

Reasons are Kubernetes' and the server's (sections 3.10 and 6.7 of the spec reference).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.plan.condition import BAD_JOBS, BAD_STATES, Condition
from bcdslc.plan.hide import hidden
from bcdslc.spec.origin import Path
from bcdslc.spec.problem import problem
from bcdslc.spec.spec import Spec

NO_IMAGE = "BC825"
NO_ROOM = "BC826"
NOT_TAKEN = "BC827"
TROUBLE = "BC828"
JOB_FAILED = "BC829"

# a word in the reason: its code, the field to look at, what it means, what to do
MEANINGS: tuple[tuple[tuple[str, ...], str, Path, str, str], ...] = (
    (
        ("ImagePullBackOff", "ErrImagePull", "InvalidImageName"),
        NO_IMAGE,
        ("transform", "image"),
        "its image cannot be pulled",
        "see that the image exists, and that `pull_secrets` names the secret of a private registry",
    ),
    (
        ("Unschedulable", "nodes are available", "Insufficient"),
        NO_ROOM,
        ("resourceRequests",),
        "no node has what it asks for",
        "ask for less in `hardware`, or see that its `nodes`, tolerations and gpu fit a node",
    ),
    (
        ("could not update resources",),
        NOT_TAKEN,
        ("pipeline", "name"),
        "Kubernetes refuses what it asks for",
        "repair what the reason names; only an update leads out of this state",
    ),
    (
        ("CreateContainerConfigError", "CreateContainerError"),
        NOT_TAKEN,
        ("transform", "secrets"),
        "its container cannot be made",
        "see that the secrets and keys it names exist in the cluster",
    ),
)


def troubles(conditions: Iterable[Condition], specs: Iterable[Spec]) -> Iterator[Diagnostic]:
    """Yield what is wrong with pipelines and their newest jobs."""
    known = {spec.name: spec for spec in specs}
    for each in conditions:
        spec = known[each.name]
        if each.seen is not None and each.seen.state in BAD_STATES:
            yield _of_pipeline(spec, each.name, each.seen.state, each.seen.reason)
        if each.job is not None and each.job.state in BAD_JOBS:
            reason = hidden(each.job.reason) or "no reason is given"
            yield _at(
                spec,
                JOB_FAILED,
                ("transform", "cmd"),
                f"the last job of `{each.name}` failed: {reason}",
                f"`pachctl logs --pipeline {each.name} --job {each.name}@{each.job.id}` has its "
                "output",
            )


def _of_pipeline(spec: Spec, name: str, state: str, reason: str) -> Diagnostic:
    said = hidden(reason) or "no reason is given"
    for words, code, path, meaning, help in MEANINGS:
        if any(word.lower() in reason.lower() for word in words):
            return _at(spec, code, path, f"`{name}`: {meaning}: {said}", help)
    word = state.removeprefix("PIPELINE_").lower()
    return _at(spec, TROUBLE, ("pipeline", "name"), f"`{name}` is {word}: {said}", None)


def _at(spec: Spec, code: str, path: Path, message: str, help: str | None) -> Diagnostic:
    return problem(
        spec.origins,
        spec.name,
        code=code,
        severity=Severity.ERROR,
        path=path,
        message=message,
        help=help,
    )
