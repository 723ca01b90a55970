"""`reprocessSpec` is one of two words, written exactly."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdsl.suggest import nearest
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.repair import Replace
from bcdslc.spec.spec import Spec

WORDS = ("until_success", "every_job")


def reprocess_spec(spec: Spec, world: World) -> Iterator[Finding]:
    """Find another word than the two."""
    word = spec.request.reprocess_spec
    if word and word not in WORDS:
        guess = nearest(word, WORDS)
        path = ("reprocessSpec",)
        yield Finding(
            path=path,
            message=f"`reprocessSpec` is `until_success` or `every_job`, not `{word}`",
            help=f"use `{guess}`" if guess else None,
            server="could not make effective spec: invalid effective spec …: "
            'invalid pipeline spec: ReprocessSpec must be one of "until_success" or "every_job"',
            repair=Replace(path=path, value=guess, title=f"write `{guess}`") if guess else None,
        )


RULE = Rule(code="BC613", kind=Kind.REFUSED, severity=Severity.ERROR, check=reprocess_spec)
