"""Compares outputs with the disk, and writes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdslc.output_files import Outputs, manifest_text
from bcdslc.write_file import make_folder, write_file

NOT_OURS = "BC492"


def differences(outputs: Outputs) -> Iterator[str]:
    """Yield, as the text of a diff, how the disk differs from what would be written."""
    for path, text in outputs.texts.items():
        before = _text(path)
        if before != text:
            yield from difflib.unified_diff(
                (before or "").splitlines(keepends=True),
                text.splitlines(keepends=True),
                fromfile=path if before is not None else "/dev/null",
                tofile=path,
            )
    for path in outputs.left:
        if Path(path).exists():
            yield f"only on disk: {path} (its stage no longer exists)\n"


def not_ours(outputs: Outputs) -> Iterator[Diagnostic]:
    """Yield a finding for each file that would be written over, though bcdsl did not write it."""
    for path in outputs.unlisted:
        if Path(path).is_file() and _text(path) != outputs.texts[path]:
            yield Diagnostic(
                code=NOT_OURS,
                message=f"`{path}` would be written over, and bcdsl did not write it",
                span=None,
                help="remove it, if the document says all that it says, or give another folder "
                "with `-o`; add `--check` to see how the two differ",
            )


def write_outputs(outputs: Outputs, folder: str | None) -> tuple[int, Diagnostic | None]:
    """Write what differs; return how many files changed and what failed.

    The manifest is written first: what a later run finds half done is then known to be ours.
    """
    if folder is not None:
        problem = make_folder(folder)
        if problem is not None:
            return 0, problem
    if outputs.manifest is not None:
        path, listed = outputs.manifest
        text = manifest_text(listed)
        problem = write_file(path, text) if _text(path) != text else None
        if problem is not None:
            return 0, problem
    changed = 0
    for path, text in outputs.texts.items():
        if _text(path) != text:
            problem = write_file(path, text)
            if problem is not None:
                return changed, problem
            changed += 1
    return changed, None


def remove(paths: tuple[str, ...]) -> Diagnostic | None:
    """Remove files that were left behind; return what prevented it."""
    path = ""
    try:
        for path in paths:
            Path(path).unlink(missing_ok=True)
    except OSError as error:
        return Diagnostic(
            code="BC491",
            message=f"`{path}` cannot be removed: {(error.strerror or str(error)).lower()}",
            span=None,
            help="remove it yourself",
        )
    return None


def _text(path: str) -> str | None:
    try:
        return Path(path).read_bytes().decode("utf-8")
    except (OSError, ValueError):
        return None
