"""A key that refers to a group which the glob does not have is silently empty there.

Part 3.10-33 of the spec reference, 2.2-4 and Q13, Q14 of the glob rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.glob_reading import captures
from bcdslc.rule.input_walk import pfs_inputs
from bcdslc.rule.key_template import numbers
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec


def key_beyond_captures(spec: Spec, world: World) -> Iterator[Finding]:
    """Find each reference in a key to a group that its glob lacks."""
    for place in pfs_inputs(spec):
        glob = place.pfs.glob or ""
        for field, key, operator in (
            ("joinOn", place.pfs.join_on, "join"),
            ("groupBy", place.pfs.group_by, "group"),
        ):
            count = captures(glob) if key and operator in place.above else None
            if key is None or count is None:
                continue
            for number in sorted(set(numbers(key))):
                if number > count:
                    yield Finding(
                        path=(*place.path, field),
                        message=f"`${number}` is empty for every file: the glob `{glob}` has "
                        + _groups(count),
                        help=_help(number, count, glob),
                        labels=(((*place.path, "glob"), _groups(count)),),
                    )


def _groups(count: int) -> str:
    return (
        ("no capture group" if not count else "one capture group")
        if count < 2
        else (f"{count} capture groups")
    )


def _help(number: int, count: int, glob: str) -> str:
    head, digit = divmod(number, 10)
    if 0 < head <= count:
        return f"for group {head} and then `{digit}` write `${{{head}}}{digit}`"
    if not count and glob.count("*") == 1 and "**" not in glob:
        return f"write the glob `{glob.replace('*', '(*)')}`"
    return "put the part of the path that is the key in brackets, as in `/(*)`"


RULE = Rule(
    code="BC747",
    kind=Kind.MISLEADS,
    severity=Severity.ERROR,
    check=key_beyond_captures,
    guesses=True,
)
