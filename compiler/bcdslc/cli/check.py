"""`bcdsl check`: all that is wrong with documents, without writing anything."""

import os
import sys
from functools import partial
from typing import Annotated

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, FormatOption, Params, Profiles, Strict


def command(
    files: Annotated[
        list[str],
        Argument(metavar="PATH…", help="Documents, and folders with some; `-` is standard input."),
    ],
    param: Params = None,
    profile: Profiles = None,
    format: FormatOption = None,
    fix: Annotated[bool, Option("--fix", help="Carry out the safe repairs first.")] = False,
    strict: Strict = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """Check documents: every problem at its place, with what to do about it."""
    from bcdsl.report.draw import Format
    from bcdslc.cli.options import options_for
    from bcdslc.cli.repair import repair
    from bcdslc.cli.show import chosen_format, outcome, show

    if fix and "-" in files:
        raise WrongUsageError("standard input cannot be repaired in place", param_hint="--fix")
    chosen = chosen_format(format)
    options = options_for(param, profile)
    from bcdslc.compile import compile_file

    problems: list[Diagnostic] = []
    fine = []
    for name in _documents(files):
        compiled = compile_file(name, options)
        if fix:
            compiled = repair(compiled, lambda c: c.problems, partial(compile_file, name, options))
        problems += compiled.problems
        if not compiled.problems:
            fine.append(f"{name}: fine, {_stages(len(compiled.specs))}")
    if chosen is Format.TEXT and fine:
        print("\n".join(fine) + ("\n" if problems else ""))
    show(problems, format=chosen, color=color, to=sys.stdout)
    return outcome(problems, strict)


def _documents(paths: list[str]) -> list[str]:
    """Return each document once: those named, and all `*.bc.yaml` below folders."""
    names: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            from bcdslc.lint.find import find

            names += find((path,)).documents or (path,)  # without any, it is told as no document
        else:
            names.append(path)
    return list(dict.fromkeys(names))


def _stages(count: int) -> str:
    return f"{count} stage{'' if count == 1 else 's'}"
