"""Compares outputs with the disk, and writes them."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from bcdsl.diagnostic import Diagnostic
from bcdslc.output_files import Outputs, manifest_text
from bcdslc.write_file import make_folder, write_file


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


def write_outputs(outputs: Outputs, folder: str | None) -> tuple[int, Diagnostic | None]:
    """Write what differs, the manifest last; return how many files changed and what failed."""
    if folder is not None:
        problem = make_folder(folder)
        if problem is not None:
            return 0, problem
    changed = 0
    for path, text in outputs.texts.items():
        if _text(path) != text:
            problem = write_file(path, text)
            if problem is not None:
                return changed, problem
            changed += 1
    if outputs.manifest is not None:
        path, listed = outputs.manifest
        text = manifest_text(listed)
        if _text(path) != text:
            return changed, write_file(path, text)
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
