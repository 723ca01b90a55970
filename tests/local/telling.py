"""Whether a recorded text and one of ours say the same, given what its tokens stand for."""

from __future__ import annotations

import re

# variables of the machine and the pod, which the recordings leave out
_MACHINE = re.compile(
    r"^(PATH|HOME|HOSTNAME|PFS|PWD|SHLVL|_|OLDPWD|TERM|container|PEER_PORT|PPS_WORKER_IP"
    r"|PPS_POD_NAME|\w*_SERVICE_\w*|PG_\w*|POSTGRES_\w*|FILESET_ID|LOKI_\w*|GOCOVERDIR)=.*\n?",
    re.MULTILINE,
)
_FOLDER_SIZE = re.compile(r"^((?:/pfs|\.)\S* d)( \d{3})?(?: (?:\d{4,}|-))?( \d{3})?$", re.MULTILINE)
_SCRATCH = re.compile(r"/pfs/\.scratch/[0-9a-f]{32}/")
_TOKEN = re.compile(r"(<(?:id|time|datum)\d+>|<n>|<date>|<fileset>)")
_SHAPES = {"id": "[0-9a-f]{32}", "time": r"[0-9T:Z-]+", "datum": "[0-9a-f]{64}"}


class Tokens:
    """What the tokens of one scenario were found to stand for.

    Times are those of one pipeline's clock: `scope` is the pipeline that is compared.
    """

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.scope = ""

    def known(self, text: str) -> str:
        """Return a text with the tokens that have a value replaced by it."""
        return _TOKEN.sub(lambda m: self.values.get(self._token(m[0]), m[0]), text)

    def same(self, there: str, here: str) -> bool:
        """Return whether the texts agree, less what is the machine's; learn its tokens."""
        if self._matches(there, here):
            return True
        return self._matches(_by_line(_cleared(there)), _by_line(_cleared(here)))

    def _matches(self, there: str, here: str) -> bool:
        parts, new = [], []
        for part in _TOKEN.split(there):
            if not _TOKEN.fullmatch(part):
                parts.append(re.escape(part))
            elif self._token(part) in self.values:
                parts.append(re.escape(self.values[self._token(part)]))
            elif part in ("<n>", "<date>", "<fileset>"):
                parts.append(".*?")
            elif part in new:
                parts.append(f"(?P=t{new.index(part)})")
            else:
                shape = _SHAPES[re.sub(r"[<>\d]", "", part)]
                parts.append(f"(?P<t{len(new)}>{shape})")
                new.append(part)
        found = re.fullmatch("".join(parts), here, re.DOTALL)
        if found:
            self.values.update({self._token(t): found[f"t{n}"] for n, t in enumerate(new)})
        return found is not None

    def _token(self, token: str) -> str:
        return f"{self.scope}:{token}" if token.startswith("<time") else token


def _cleared(text: str) -> str:
    """Return a text without the machine's variables, sizes of folders, the scratch's name."""
    text = _SCRATCH.sub("/pfs/.scratch/UUID/", _MACHINE.sub("", text))
    return _FOLDER_SIZE.sub(lambda m: m[1] + (m[2] or "") + (m[3] or ""), text)


def _by_line(text: str) -> str:
    """Return the lines sorted by what stands before any token or id."""
    lines = text.split("\n")
    return "\n".join(sorted(lines, key=lambda line: re.split(r"<|[0-9a-f]{32}", line)[0]))
