"""The files that `bcdsl init` writes, and which of them may not be written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.resources import files

from bcdsl.diagnostic import Diagnostic

IN_THE_WAY = "BC062"

DOCUMENT = "pipeline.bc.yaml"
SCHEMA = ".bcdsl/bcdsl.schema.json"
SETTINGS = ".vscode/settings.json"


def starter() -> Mapping[str, str]:
    """Return each file's text by its path in the new folder."""
    templates = files("bcdslc").joinpath("templates")
    return {
        DOCUMENT: templates.joinpath(DOCUMENT).read_text("utf-8"),
        SCHEMA: files("bcdsl").joinpath("schema").joinpath("bcdsl.schema.json").read_text("utf-8"),
        SETTINGS: templates.joinpath("settings.json").read_text("utf-8"),
    }


def in_the_way(folder: str, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return a finding for each file that is there already and says something else."""
    found = []
    for name, text in texts.items():
        path = os.path.normpath(os.path.join(folder, name))
        if os.path.lexists(path) and not _says(path, text):
            found.append(
                Diagnostic(
                    code=IN_THE_WAY,
                    message=f"`{path}` is there already; nothing was written",
                    span=None,
                    help="move it away, or name another folder: `bcdsl init FOLDER`",
                )
            )
    return tuple(found)


def _says(path: str, text: str) -> bool:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read() == text
    except (OSError, UnicodeDecodeError):
        return False
