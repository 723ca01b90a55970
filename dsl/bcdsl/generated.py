"""Files that a program writes: written anew, or checked to be fresh."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_or_check(files: Mapping[Path, str], module: str, arguments: Sequence[str]) -> int:
    """Carry out `--write` or `--check` and return an exit code; `module` is what Python runs.

    A file whose folder does not exist is left out: an installed package has no copies at
    the root of the project.
    """
    here = {path: text for path, text in files.items() if path.parent.is_dir()}
    if list(arguments) == ["--write"]:
        for path, text in here.items():
            path.write_text(text, encoding="utf-8", newline="\n")
        return 0
    if list(arguments) == ["--check"]:
        stale = [
            path
            for path, text in here.items()
            if not path.is_file() or path.read_text(encoding="utf-8") != text
        ]
        for path in stale:
            print(f"{path} is stale: run `python {module} --write`", file=sys.stderr)
        return 1 if stale else 0
    print(f"usage: python {module} --write | --check", file=sys.stderr)
    return 64
