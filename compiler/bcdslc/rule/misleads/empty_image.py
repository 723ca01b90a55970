"""An empty image is not the cluster's default image. Parts 1.3 and 2.7 of the spec reference."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def empty_image(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an image that is written and empty."""
    transform = spec.request.transform
    if transform is not None and transform.image == "":
        yield Finding(
            path=("transform", "image"),
            message="an empty `image` passes over the cluster's default and means `ubuntu:20.04`",
            help="name the image, or leave `image` out to get the cluster's default",
        )


RULE = Rule(code="BC765", kind=Kind.MISLEADS, severity=Severity.WARNING, check=empty_image)
