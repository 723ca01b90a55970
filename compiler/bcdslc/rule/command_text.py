"""The shell text of a spec: the lines that a shell reads, with their JSON paths."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

# A folder right under /pfs, in full: `/pfs/$x`, `/pfs/a*` and `/pfs/{a,b}` name none for sure.
_FOLDER = re.compile(r"(?<![\w./$}-])/pfs/([A-Za-z0-9_-]+)(?=[/\s\"';:,|&)>`]|$)", re.ASCII)

SHELLS = ("sh", "bash", "dash", "ash", "zsh", "ksh")


def is_shell(argv: Sequence[str] | None) -> bool:
    """Whether a command's program is a shell."""
    return bool(argv) and argv is not None and argv[0].rpartition("/")[2] in SHELLS


def shell_script(argv: Sequence[str] | None) -> int | None:
    """Return the index of the text that `sh -c TEXT` runs, if the command is of that form."""
    if argv is None or not is_shell(argv):
        return None
    for index, word in enumerate(argv[1:], 1):
        if word.startswith("-") and not word.startswith("--") and word.endswith("c"):
            return index + 1 if index + 1 < len(argv) else None
        if not word.startswith("-") and argv[index - 1] not in ("-o", "+o") and word != "pipefail":
            return None
    return None


def command_lines(spec: Spec) -> Iterator[tuple[Path, str]]:
    """Yield each line of `stdin` that a shell reads, or the text of `sh -c`."""
    transform = spec.request.transform
    if transform is None or not is_shell(transform.cmd):
        return
    script = shell_script(transform.cmd)
    if script is not None and transform.cmd is not None:
        yield ("transform", "cmd", script), transform.cmd[script]
    elif transform.cmd is not None and all(word.startswith("-") for word in transform.cmd[1:]):
        for index, line in enumerate(transform.stdin or ()):
            yield ("transform", "stdin", index), line


def folders(spec: Spec) -> Iterator[tuple[Path, str]]:
    """Yield each folder under `/pfs` that the command, its input or a variable names."""
    transform = spec.request.transform
    if transform is None:
        return
    texts: list[tuple[Path, str]] = []
    for field, words in (("cmd", transform.cmd), ("stdin", transform.stdin)):
        texts += [(("transform", field, number), word) for number, word in enumerate(words or ())]
    texts += [(("transform", "env", name), text) for name, text in (transform.env or {}).items()]
    for path, text in texts:
        if "/pfs/" in text:
            for found in _FOLDER.finditer(text):
                yield path, found[1]
