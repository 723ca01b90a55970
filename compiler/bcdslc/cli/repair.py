"""Writing repaired documents back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bcdsl.diagnostic import Diagnostic
from bcdsl.report.apply_fixes import apply_fixes

ROUNDS = 10  # a repair may show the next problem; this many are followed

T = TypeVar("T")


def repair(result: T, problems: Callable[[T], tuple[Diagnostic, ...]], again: Callable[[], T]) -> T:
    """Carry out the fixes in files until none is left, and return the last result.

    `again` reads the files anew. A file is replaced whole or not at all.
    """
    done = 0
    for _ in range(ROUNDS):
        repaired = apply_fixes(problems(result))
        if not repaired.texts:
            break
        for source, text in repaired.texts.items():
            replace(Path(source.name), text)
        done += len(repaired.done)
        result = again()
    if done:
        print(f"repaired {done} problem{'' if done == 1 else 's'}", file=sys.stderr)
    return result


def replace(path: Path, text: str) -> None:
    """Give a file a new text; a mark of byte order that it had stays."""
    import os
    import tempfile

    real = path.resolve()  # a link stays a link
    mark = b"\xef\xbb\xbf"
    with real.open("rb") as old:
        kept = mark if old.read(3) == mark else b""
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(kept + text.removeprefix("\ufeff").encode("utf-8"))
        Path(name).chmod(real.stat().st_mode & 0o7777)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
