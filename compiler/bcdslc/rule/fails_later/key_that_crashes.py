"""Some numbers in a key template make the worker panic.

A leading zero, more than nine digits, or a digit that is not ASCII (part 2.2-5 of the glob rules).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.key_template import references
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_SAFE = re.compile(r"0|[1-9][0-9]{0,8}", re.ASCII)


def key_that_crashes(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each reference that the template library cannot number."""
    for place in pfs_inputs(spec):
        for field, key in (("joinOn", place.pfs.join_on), ("groupBy", place.pfs.group_by)):
            for digits in references(key or ""):
                if not _SAFE.fullmatch(digits):
                    plain = digits.lstrip("0") if digits.isascii() else ""
                    yield Finding(
                        path=(*place.path, field),
                        message=f"the reference `${digits}` makes the worker crash on every job",
                        help=f"write `${plain}`"
                        if plain and len(plain) < 10
                        else "write `$1`, "
                        "`$2` and so on: the number of a capture group, in plain digits",
                    )


RULE = Rule(code="BC707", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=key_that_crashes)
