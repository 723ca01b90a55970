"""Shells that run nothing, or less than is written. Part 5.3 of the spec reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import is_shell, shell_script
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.message import Transform
from bcdslc.spec.spec import Spec

_POSITIONAL = re.compile(r"\$(?:[0-9@*#]|\{[0-9@*#])", re.ASCII)


def idle_shell(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a shell without a script, or with words that are no part of its script."""
    transform = spec.request.transform
    if transform is None or not transform.cmd or not is_shell(transform.cmd):
        return
    yield from _nothing_to_read(transform)
    index = shell_script(transform.cmd)
    if index is None or len(transform.cmd) <= index + 1:
        return
    script = transform.cmd[index]
    if not _POSITIONAL.search(script) and " " not in script.strip():
        rest = " ".join(transform.cmd[index:])
        yield Finding(
            path=("transform", "cmd", index + 1),
            message=f"the shell runs `{script}` alone: words after the text of `-c` are no part "
            "of it",
            help=f'write the text as one word: `"{rest}"`',
        )


def _nothing_to_read(transform: Transform) -> Iterator[Finding]:
    argv = transform.cmd or ()
    if len(argv) == 1 and not transform.stdin:
        yield Finding(
            path=("transform", "cmd", 0),
            message=f"`{argv[0]}` has nothing to run: each datum succeeds and writes nothing",
            help="give it a script: lines in `stdin`, or `-c` and a text in `cmd`",
        )


RULE = Rule(code="BC760", kind=Kind.MISLEADS, severity=Severity.WARNING, check=idle_shell)
