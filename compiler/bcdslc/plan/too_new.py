"""A field that came after the server's version: refused by us first.

Servers before 2.8 take a spec as one message and drop what they do not know without a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.rule.newer_fields import newer_fields
from bcdslc.spec.problem import problem
from bcdslc.spec.spec import Spec

TOO_NEW = "BC834"


def too_new(specs: Sequence[Spec], version: tuple[int, int]) -> Iterator[Diagnostic]:
    """Yield the fields that a server does not know, at the lines that ask for them."""
    major, minor = version
    for spec in specs if major == 2 else ():
        for path, field in newer_fields(spec.request, minor):
            yield problem(
                spec.origins,
                spec.name,
                code=TOO_NEW,
                severity=Severity.ERROR,
                path=path,
                message=f"`{field.camel}` came with Pachyderm 2.{field.since}, "
                f"and the server is 2.{minor}",
                help="leave it out, or update the server",
                on_key=True,
            )
