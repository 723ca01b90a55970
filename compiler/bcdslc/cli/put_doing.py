"""Sending folders, a commit each, and remembering what was sent."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass
from bcdsl.model import Dag
from bcdsl.suggest import nearest
from bcdslc.cli import exit_code
from bcdslc.cli.declare import WrongUsageError
from bcdslc.cli.options import Color
from bcdslc.cli.show import show
from bcdslc.cli.stopped import StoppedError
from bcdslc.cluster.repo_files import RepoFiles
from bcdslc.plan.upload import Upload, decide_upload
from bcdslc.tree import problem
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.from_folder import from_folder
from bcdslc.tree.refused_name import shown
from bcdslc.write_file import make_folder, write_file

CLASH = "BC830"
COMMIT_FAILED = "BC831"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """How folders are sent."""

    file: str
    project: str
    branch: str
    delete_extra: bool
    dry_run: bool
    color: Color

    @property
    def memory(self) -> Path:
        """Where the hashes of large files that were sent are kept."""
        return Path(self.file).parent / ".bcdsl" / "sent.json"


def trees_of(data: Sequence[str], dag: Dag, color: Color) -> dict[str, tuple[Path, FileTree]]:
    """Return the folder for each repo; stop before anything is sent if one cannot be put."""
    repos = [repo.name.value for repo in dag.repos if not repo.external]
    found: dict[str, tuple[Path, FileTree]] = {}
    problems: list[Diagnostic] = []
    for word in data:
        name, equals, folder = word.partition("=")
        if not equals or not folder:
            raise WrongUsageError(f"`{word}` is not REPO=DIR", param_hint="REPO=DIR")
        if name not in repos or name in found:
            guess = nearest(name, repos)
            hint = f", did you mean `{guess}`?" if guess and guess != name else ""
            what = "is given twice" if name in found else f"is no repo of the document{hint}"
            raise WrongUsageError(f"`{name}` {what}", param_hint="REPO=DIR")
        if not Path(folder).is_dir():
            help = "give a folder of this machine"
            problems.append(replace(problem.missing(folder), help=help))
            continue
        tree = from_folder(folder, folder)
        problems += tree.problems
        found[name] = (Path(folder), tree)
    if problems:  # elsewhere they only warn: here the repo would lack what the folder has
        show([replace(each, severity=Severity.ERROR) for each in problems], color=color)
        print("nothing was sent", file=sys.stderr)
        raise StoppedError(exit_code.PROBLEMS)
    return found


def send(trees: Mapping[str, tuple[Path, FileTree]], how: Sending, files: RepoFiles) -> int:
    """Send each folder; one that fails ends it."""
    remembered = _remembered(how.memory)
    for repo, (folder, tree) in trees.items():
        stored = files.stored(how.project, repo, how.branch)
        upload = decide_upload(tree, stored, remembered, delete_extra=how.delete_extra)
        _say(repo, upload, tree)
        if upload.clashes:
            show([_clash(repo, upload)], color=how.color)
            return exit_code.PROBLEMS
        if upload.empty or how.dry_run:
            continue
        adds = {path: folder / path[1:] for path in upload.sent}
        total = sum(tree.size(path) or 0 for path in adds)
        try:
            error = files.change(
                how.project,
                repo,
                how.branch,
                (*upload.gone, *upload.replaced),
                adds,
                _progress(repo, total),
            )
        except OSError as wrong:
            show([_unread(wrong)], color=how.color)
            print(f"nothing was sent to `{repo}`", file=sys.stderr)
            return exit_code.PROBLEMS
        if error:
            show([_failed(repo, how.branch, error)], color=how.color)
            return exit_code.SERVER
        print(f"{repo}: sent, in one commit to `{how.branch}`")
        _remember(how, repo, tree, upload, files, remembered)
    return exit_code.FINE


def _say(repo: str, upload: Upload, tree: FileTree) -> None:
    numbers = (
        (len(upload.new), "new"),
        (len(upload.replaced), "replaced"),
        (len(upload.gone), "deleted"),
        (upload.same, "as they are"),
    )
    said = ", ".join(f"{number:,} {word}" for number, word in numbers if number) or "no files"
    size = sum(tree.size(path) or 0 for path in upload.sent)
    print(f"{repo}: {said}; {f'{size:,} bytes to send' if not upload.empty else 'nothing to send'}")
    if upload.extra:
        print(f"  {len(upload.extra)} more in the repo stay; `--delete-extra` deletes them")


def _clash(repo: str, upload: Upload) -> Diagnostic:
    return Diagnostic(
        code=CLASH,
        message=f"in `{repo}` a file stands where a folder would be, or the other way round: "
        f"{problem.some(upload.clashes)}",
        span=None,
        help="say `--delete-extra` if the repo is to hold the folder and nothing else",
    )


def _unread(wrong: OSError) -> Diagnostic:
    return Diagnostic(
        code=problem.UNREADABLE,
        message=f"`{shown(str(wrong.filename))}` cannot be read: {str(wrong.strerror).lower()}",
        span=None,
        help="it was there as the folder was read; put again",
    )


def _failed(repo: str, branch: str, error: str) -> Diagnostic:
    return Diagnostic(
        code=COMMIT_FAILED,
        message=f"the commit to `{repo}@{branch}` finished with an error: {shown(error)}",
        span=None,
        help="repair what the sentence names and put again; jobs on this commit fail",
    )


def _remembered(path: Path) -> dict[bytes, bytes]:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        return {bytes.fromhex(theirs): bytes.fromhex(ours) for theirs, ours in value.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # without it large files are sent again


def _remember(
    how: Sending,
    repo: str,
    tree: FileTree,
    upload: Upload,
    files: RepoFiles,
    remembered: dict[bytes, bytes],
) -> None:
    """Keep the server's hashes of the large files that were sent, beside our own."""
    large = {}
    for path in upload.sent:
        digest = tree.digest(path)
        if digest is not None and not digest.servers:
            large[path] = digest.value
    if not large:
        return
    stored = files.stored(how.project, repo, how.branch)
    for path, ours in large.items():
        if path in stored:
            remembered[stored[path].hash] = ours
    text = json.dumps({theirs.hex(): ours.hex() for theirs, ours in remembered.items()}, indent=1)
    found = make_folder(str(how.memory.parent)) or write_file(str(how.memory), text + "\n")
    if found is not None:
        show([replace(found, severity=Severity.WARNING)], color=how.color)  # all was sent


def _progress(repo: str, total: int) -> Callable[[int], None]:
    sent = 0

    def tell(size: int) -> None:
        nonlocal sent
        sent += size
        if sys.stderr.isatty():
            end = "\n" if sent >= total else ""
            said = f"\r{repo}: {sent:,} of {total:,} bytes"
            print(said, end=end, file=sys.stderr, flush=True)

    return tell
