"""`cmd` is run without a shell, so its first word is a program's name, spaces and all.

Part 5.3 of the spec reference: `executable file not found` fails each datum.
"""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.rule import Finding, Kind, Replace, Rule, World
from bcdslc.spec.spec import Spec

# Characters with which a command line means more than its words.
_SHELL = frozenset("|&;<>()$`*?[~#'\"\\\n")


def command_in_one_word(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a whole command line written as the program."""
    transform = spec.request.transform
    for field, argv in (
        ("cmd", transform.cmd if transform else None),
        ("errCmd", transform.err_cmd if transform else None),
    ):
        first = argv[0] if argv else ""
        words = first.split()
        if len(words) < 2 or argv is None:
            continue
        plain = not _SHELL.intersection(first)
        repair = None
        if plain and all(word.isprintable() for word in argv):
            repair = Replace(
                path=("transform", field),
                value=[*words, *argv[1:]],
                title="split the command into words",
            )
        yield Finding(
            path=("transform", field, 0),
            message=f"`{first}` is looked up as one program's name, spaces included",
            help="write each word by itself: `[" + ", ".join(words) + "]`"
            if plain
            else 'hand the line to a shell: `["sh", "-c", "…"]`',
            repair=repair,
        )


RULE = Rule(code="BC722", kind=Kind.FAILS_LATER, severity=Severity.ERROR, check=command_in_one_word)
