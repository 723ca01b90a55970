"""`bcdsl fmt`: one layout for all documents, without a change to what they say."""

import sys
from collections.abc import Sequence
from typing import Annotated

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli.declare import Argument, Option


def command(
    files: Annotated[
        list[str],
        Argument(
            metavar="FILE…", help="Documents; `-` reads standard input and writes standard output."
        ),
    ],
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit with 1 if a file would change.")
    ] = False,
    diff: Annotated[
        bool, Option("--diff", help="Write nothing; show what would change, exit with 1.")
    ] = False,
) -> int:
    """Lay out documents: comments stay at their places, and the meaning is not touched.

    A document that YAML cannot read is reported and left as it is.
    """
    from bcdslc.cli import exit_code
    from bcdslc.cli.show import show

    problems: list[Diagnostic] = []
    changed = 0
    for name in dict.fromkeys(files):
        found, changes = _format(name, check, diff)
        problems += found
        changed += changes
    show(problems)
    return exit_code.PROBLEMS if problems or (changed and (check or diff)) else exit_code.FINE


def _format(name: str, check: bool, diff: bool) -> tuple[Sequence[Diagnostic], bool]:
    """Format one file; return what prevents it, and whether its text changes."""
    from bcdsl.fmt.format import format_text
    from bcdsl.load import load
    from bcdslc.write_file import write_file

    source, problems = load(name)
    if source is None:
        return problems, False
    formatted = format_text(source)
    if formatted.text is None:
        return formatted.problems, False
    changes = formatted.text != source.text
    if diff and changes:
        sys.stdout.write(_difference(source.name, source.text, formatted.text))
    if check and changes:
        print(f"{source.name}: would be formatted")
    if check or diff:
        return (), changes
    if name == "-":
        sys.stdout.write(formatted.text)
    elif changes:
        problem = write_file(name, formatted.text)
        if problem is not None:
            return (problem,), False
        print(f"{name}: formatted")
    return (), changes


def _difference(name: str, old: str, new: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), name, f"{name} (formatted)"
    )
    ended = (line if line.endswith("\n") else f"{line}\n\\ No newline at end\n" for line in lines)
    return "".join(ended)
