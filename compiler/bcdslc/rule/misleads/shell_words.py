"""`cmd` is run without a shell: operators, globs and variables in it are plain text.

Part 5.3 of the spec reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.command_text import is_shell
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

_OPERATOR = re.compile(r"\||\|\||&&|;|>|>>|<|2>&1|&", re.ASCII)
_VARIABLE = re.compile(r"\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}|\()", re.ASCII)
_GLOB = re.compile(r"/pfs/[\w./-]*\*[\w./*-]*", re.ASCII)
# Programs that read such text themselves.
_READERS = frozenset(("sed", "awk", "gawk", "perl", "jq", "envsubst", "find", "xargs", "expr"))


def shell_words(spec: Spec, world: World) -> Iterator[Finding]:
    """Find words of a command that only a shell would understand."""
    transform = spec.request.transform
    for field, argv in (
        ("cmd", transform.cmd if transform else None),
        ("errCmd", transform.err_cmd if transform else None),
    ):
        if not argv or is_shell(argv) or argv[0].rpartition("/")[2] in _READERS:
            continue
        if any(word in ("-c", "-e", "-lc", "-euc") for word in argv[1:]):
            continue  # what follows is a program in some language
        for index, word in enumerate(argv[1:], 1):
            what = _what(word)
            if what is not None:
                yield Finding(
                    path=("transform", field, index),
                    message=f"the program gets `{word}` as it stands: no shell {what}",
                    help='hand the command to a shell: `["sh", "-c", "…"]`',
                )
                break


def _what(word: str) -> str | None:
    if _OPERATOR.fullmatch(word):
        return "reads the command"
    if _VARIABLE.search(word) and " " not in word:
        return "fills in the variable"
    if _GLOB.fullmatch(word):
        return "lists the files"
    return None


RULE = Rule(code="BC759", kind=Kind.MISLEADS, severity=Severity.WARNING, check=shell_words)
