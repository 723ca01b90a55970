"""The files beside a document on this machine's disk."""

from __future__ import annotations

import os

from bcdsl.analyze import FileProblem
from bcdsl.load import load


class FilesBeside:
    """Reads files relative to the folder of a document; for standard input, to this folder.

    A link that leads out of the folder is not followed: what a document runs is in its folder.
    """

    def __init__(self, document: str) -> None:
        self.folder = "" if document == "-" else os.path.dirname(document)

    def read(self, relative: str) -> str | FileProblem:
        """Return the text of a file, or why there is none."""
        path = os.path.join(self.folder, relative)
        inside = os.path.realpath(self.folder or ".")
        try:
            real = os.path.realpath(path)
            outside = os.path.commonpath((inside, real)) != inside
        except ValueError:  # another drive, or a NUL character
            outside = True
        if outside:
            return FileProblem(message=f"`{relative}` does not stand in the document's folder")
        source, problems = load(path)
        if source is None:
            return FileProblem(message=problems[0].message)
        return source.text
