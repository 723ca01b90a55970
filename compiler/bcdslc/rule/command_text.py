"""The shell text of a spec: the lines that a shell reads, with their JSON paths."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bcdslc.spec.origin import Path
from bcdslc.spec.spec import Spec

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
