"""An image without a tag, or `latest`, changes under the pipeline and reprocesses nothing.

Parts 2.3 and 4.2 of the spec reference: pachctl warns too, but takes a registry's port for a tag.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.fails_later.image_reference import is_placeholder
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def untagged_image(spec: Spec, world: World) -> Iterator[Finding]:
    """Find an image whose content may change from job to job."""
    image = (spec.request.transform.image if spec.request.transform else None) or ""
    if not image or "@" in image or is_placeholder(image):
        return
    _, colon, tag = image.rpartition("/")[2].partition(":")
    if not colon or tag == "latest":
        yield Finding(
            path=("transform", "image"),
            message=f"the image `{image}` may change from one worker to the next"
            if tag
            else f"the image `{image}` has no tag: it is whatever `latest` is",
            help="write the version, `…:1.2.0`, or a digest",
        )


RULE = Rule(code="BC786", kind=Kind.STYLE, severity=Severity.NOTE, check=untagged_image)
