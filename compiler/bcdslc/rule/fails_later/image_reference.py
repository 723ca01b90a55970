"""Pachyderm does not look at an image's name; the node that is to pull it does.

Part 3.10-27 of the spec reference. The grammar is that of image references:
distribution: reference/regexp.go.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_HOST = (
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])"
    r"(?::[0-9]+)?"
)
_IMAGE = re.compile(
    rf"(?:{_HOST}/)?{_PART}(?:/{_PART})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{{0,127}})?"
    r"(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?",
    re.ASCII,
)


def image_reference(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an image that no registry can have."""
    image = (spec.request.transform.image if spec.request.transform else None) or ""
    if not image or _IMAGE.fullmatch(image):
        return
    if is_placeholder(image):
        reason, repair = "a placeholder was left in it", "write the image's own name"
    elif image.strip() != image or " " in image:
        reason, repair = "it holds a space", f"write `{image.replace(' ', '')}`"
    elif _IMAGE.fullmatch(image.lower()):
        reason, repair = "an image's name has no upper case", f"write `{image.lower()}`"
    else:
        reason, repair = "it is no image reference", "write `[registry/]name[:tag]`"
    yield Finding(
        path=("transform", "image"),
        message=f"no node can pull the image `{image}`: {reason}",
        help=repair,
    )


def is_placeholder(image: str) -> bool:
    """Whether a program was to write the image's name into the file and has not."""
    return "<" in image or "{{" in image or "$" in image


RULE = Rule(code="BC721", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=image_reference)
