"""Specs into files, or how the files differ: the second half of `bcdsl compile`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from bcdsl.diagnostic import Diagnostic
from bcdslc.cli import exit_code
from bcdslc.cli.options import Color
from bcdslc.cli.show import show
from bcdslc.emit import TextFormat
from bcdslc.output_files import folder, is_file, one_file, without_left
from bcdslc.spec.spec import Spec
from bcdslc.write_outputs import differences, not_ours, remove, write_outputs


def compile_to(
    out: str,
    title: str,
    specs: Sequence[Spec],
    stages: Sequence[str],
    format: TextFormat,
    *,
    check: bool,
    prune: bool,
    color: Color,
) -> int:
    """Write specs to a file or a folder, or show the diff; return the exit code."""
    if is_file(out):
        outputs = one_file(out, specs, format)
    else:
        found = folder(out, title, specs, stages, format)
        if isinstance(found, Diagnostic):
            show([found], color=color)
            return exit_code.PROBLEMS
        outputs = found
    if check:
        diff = "".join(differences(outputs))
        sys.stdout.write(diff)
        return exit_code.PROBLEMS if diff else exit_code.FINE
    strange = [*not_ours(outputs)]
    if strange:
        show(strange, color=color)
        return exit_code.PROBLEMS
    problem = remove(outputs.left) if prune else None  # first: what stays must stay listed
    changed = 0
    if problem is None:
        changed, problem = write_outputs(
            without_left(outputs) if prune else outputs, None if is_file(out) else out
        )
    if problem is not None:
        show([problem], color=color)
        return exit_code.PROBLEMS
    files = "file" if changed == 1 else "files"
    print(f"{out}: {len(specs)} spec{'' if len(specs) == 1 else 's'}, {changed} {files} changed")
    for path in outputs.left:
        done = "removed" if prune else "left behind"
        hint = "" if prune else "; --prune removes it"
        print(f"{path}: {done}, its stage no longer exists{hint}", file=sys.stderr)
    return exit_code.FINE
