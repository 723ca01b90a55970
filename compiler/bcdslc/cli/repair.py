"""Carrying out fixes in files, and looking at the files again."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli import exit_code
from bcdslc.cli.stopped import StoppedError

ROUNDS = 10  # a repair may show the next problem; this many are followed
MARK = b"\xef\xbb\xbf"

T = TypeVar("T")


def repair(result: T, problems: Callable[[T], tuple[Diagnostic, ...]], again: Callable[[], T]) -> T:
    """Carry out the fixes in files until none is left, and return the last result.

    `again` reads the files anew. A file is replaced whole or not at all; where one cannot be
    written, that is said and the command ends.
    """
    from bcdsl.report.apply_fixes import apply_fixes

    done = 0
    for _ in range(ROUNDS):
        repaired = apply_fixes(problems(result))
        if not repaired.texts:
            break
        for source, text in repaired.texts.items():
            _write(source.name, text)
        done += len(repaired.done)
        result = again()
    if done:
        print(f"repaired {done} problem{'' if done == 1 else 's'}", file=sys.stderr)
    return result


def _write(path: str, text: str) -> None:
    """Give a file its new text; a byte order mark that it had, and reading dropped, stays."""
    from bcdslc.cli.show import show
    from bcdslc.write_file import write_file

    with open(path, "rb") as old:
        marked = old.read(len(MARK)) == MARK
    problem = write_file(path, "\ufeff" + text if marked else text)
    if problem is not None:
        show([problem])
        raise StoppedError(exit_code.PROBLEMS)
