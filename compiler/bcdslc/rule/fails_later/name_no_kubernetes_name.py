"""Names that Pachyderm takes and Kubernetes refuses as names of its objects.

Parts 3.2 and 3.10-13, 14, 16, 17 of the spec reference: the worker's Service needs a first
letter, labels a last letter or digit, a spout's or Determined's secret lower case and no `_`,
and a service's name is five characters longer than a pipeline's.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

_NAME: Path = ("pipeline", "name")
_PROJECT: Path = ("pipeline", "project", "name")


def name_no_kubernetes_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find pipeline and project names from which Kubernetes makes no object."""
    project, name = spec.project, spec.name
    if project[0].isdigit():
        yield Finding(
            path=_PROJECT,
            message=f"the project `{project}` starts with a digit: Kubernetes refuses the "
            "workers' service, and the pipeline fails",
            help="use a project whose name starts with a letter",
        )
    for text, path, what in ((name, _NAME, "pipeline"), (project, _PROJECT, "project")):
        if text and text[-1] in "-_":
            yield Finding(
                path=path,
                message=f"the {what} name `{text}` ends in `{text[-1]}`, which no label may: the "
                "pipeline fails",
                help=f"end the name in a letter or a digit, `{text.rstrip('-_') or 'a'}`",
            )
    yield from _secret_name(spec)
    service = spec.request.service or (spec.request.spout and spec.request.spout.service)
    excess = len(project) + len(name) - 54
    if service and excess > 0:
        yield Finding(
            path=_NAME,
            message=f"the service's name `{project}-{name}-v1-user` is {excess} characters longer "
            "than the 63 that Kubernetes takes",
            help="shorten the pipeline's name; the project's and its own together hold 54",
        )


def _secret_name(spec: Spec) -> Iterator[Finding]:
    owner = "spout" if spec.request.spout else "determined" if spec.request.determined else None
    if owner is None:
        return
    for text, path, what in (
        (spec.name, _NAME, "pipeline"),
        (spec.project, _PROJECT, "project"),
    ):
        if text != text.lower() or "_" in text:
            yield Finding(
                path=path,
                message=f"Kubernetes refuses the secret that `{owner}` needs, since the {what} "
                f"name `{text}` has upper case or `_`",
                help=f"name it `{text.lower().replace('_', '-')}`",
                labels=(((owner,), "makes a secret of that name"),),
            )


RULE = Rule(
    code="BC712", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=name_no_kubernetes_name
)
