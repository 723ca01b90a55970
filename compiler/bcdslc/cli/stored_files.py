"""Which files of a cluster a command is about: `stage[@branch][:/glob]`."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.suggest import nearest
from bcdslc.cli import exit_code
from bcdslc.cli.cluster_session import Asked
from bcdslc.cli.declare import WrongUsageError
from bcdslc.cli.options import Color
from bcdslc.cli.repo_there import stop_without
from bcdslc.cli.show import show
from bcdslc.cli.stopped import StoppedError
from bcdslc.cluster.pachd import Pachd
from bcdslc.cluster.repo_files import StoredFile
from bcdslc.glob.error import GlobError
from bcdslc.glob.matcher import Matcher, compile_glob
from bcdslc.rule.canonical_glob import canonical_glob

NO_FILES = "BC832"


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesAsked:
    """A branch, and the glob that files or folders around them match."""

    repo: str
    branch: str
    glob: str
    matcher: Matcher

    def chosen(self, path: str) -> bool:
        """Tell whether a file is meant: it, or a folder around it, matches."""
        if self.glob == "/":
            return True
        parts = path.split("/")
        heads = ("/".join(parts[:end]) for end in range(2, len(parts) + 1))
        return any(self.matcher.match(head) is not None for head in heads)


def files_asked(word: str, asked: Asked) -> FilesAsked:
    """Return what a word asks for; a usage error if it names nothing of the document."""
    place, _, glob = word.partition(":")
    repo, at, branch = place.partition("@")
    written = {spec.name: spec.request.output_branch or "master" for spec in asked.specs}
    known = {each.name.value: "master" for each in asked.dag.repos} | written
    if repo not in known or (at and not branch):
        guess = nearest(repo, known)
        hint = f", did you mean `{guess}`?" if guess and guess != repo else ""
        message = f"`{place}` is no stage or repo of the document{hint}"
        raise WrongUsageError(message, param_hint="STAGE[:/GLOB]")
    clean = canonical_glob(glob or "/")
    try:
        matcher = compile_glob(clean)
    except GlobError as wrong:
        raise WrongUsageError(f"`{glob}`: {wrong}", param_hint="STAGE[:/GLOB]") from None
    return FilesAsked(repo=repo, branch=branch or known[repo], glob=clean, matcher=matcher)


def chosen_files(
    what: FilesAsked, project: str, cluster: Pachd, color: Color
) -> dict[str, StoredFile]:
    """Return the files that are meant, in order; stop where there are none."""
    stop_without(cluster, project, what.repo, color)
    stored = cluster.files().stored(project, what.repo, what.branch)
    found = {path: stored[path] for path in sorted(stored) if what.chosen(path)}
    if not found:
        whole = f"{what.repo}@{what.branch}"
        message = f"`{whole}` holds no files"
        if stored:
            message = f"no file of `{whole}` matches `{what.glob}`"
        show([Diagnostic(code=NO_FILES, message=message, span=None)], color=color)
        raise StoppedError(exit_code.PROBLEMS)
    return found
