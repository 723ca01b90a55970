"""What can be wrong with data that somebody gives, as findings."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdslc.tree.refused_name import shown

MISSING = "BC900"
REFUSED_NAME = "BC901"
TWO_SPELLINGS = "BC902"
FILE_AND_FOLDER = "BC903"
LINK = "BC904"
UNREADABLE = "BC905"
TOO_DEEP = "BC907"
MALFORMED = "BC909"

_SHOWN = 3


def missing(title: str) -> Diagnostic:
    """Say that there is no such data."""
    return Diagnostic(
        code=MISSING,
        message=f"there is no file or folder `{shown(title)}`",
        span=None,
        help="give a folder, or a `.json` or `.txt` file with its listing",
    )


def malformed(title: str, what: str, repair: str) -> Diagnostic:
    """Say that a file cannot be read as a listing."""
    return Diagnostic(code=MALFORMED, message=f"`{shown(title)}` {what}", span=None, help=repair)


def refused_names(title: str, rule: str, paths: Sequence[str]) -> Diagnostic:
    """Say which files a repo cannot hold."""
    return Diagnostic(
        code=REFUSED_NAME,
        severity=Severity.WARNING,
        message=f"{some(paths)} in `{shown(title)}` left out: each {rule}",
        span=None,
        help="rename before uploading: names are printable ASCII without `* ? [ ] { } ! ( ) @ + ^`",
    )


def two_spellings(title: str, paths: Sequence[str]) -> Diagnostic:
    """Say which paths are given more than once."""
    return Diagnostic(
        code=TWO_SPELLINGS,
        severity=Severity.WARNING,
        message=f"{some(paths)} in `{shown(title)}` given more than once, counted once",
        span=None,
        help="write each path once; of several contents the last counts, as with `put file`",
    )


def file_and_folder(title: str, paths: Sequence[str]) -> Diagnostic:
    """Say which paths are a file and a folder at once."""
    return Diagnostic(
        code=FILE_AND_FOLDER,
        severity=Severity.WARNING,
        message=f"{some(paths)} in `{shown(title)}` both a file and a folder: the file is left out",
        span=None,
        help="rename one of the two: no commit can hold both",
    )


def links(title: str, paths: Sequence[str]) -> Diagnostic:
    """Say which links lead to no file."""
    return Diagnostic(
        code=LINK,
        severity=Severity.WARNING,
        message=f"{some(paths)} in `{shown(title)}` not followed: a link to a folder or to nothing",
        span=None,
        help="put a copy of what they lead to in their place",
    )


def unreadable(title: str, paths: Sequence[str]) -> Diagnostic:
    """Say which folders could not be looked into, or which entries are no files."""
    return Diagnostic(
        code=UNREADABLE,
        severity=Severity.WARNING,
        message=f"{some(paths)} in `{shown(title)}` left out: not a readable file or folder",
        span=None,
        help="make them readable, or remove them: the numbers shown do without them",
    )


def unread(title: str, paths: Sequence[str], reason: str) -> Diagnostic:
    """Say which files have contents that are needed and cannot be had."""
    return Diagnostic(
        code=UNREADABLE,
        message=f"{some(paths)} in `{shown(title)}` cannot be read: {reason}",
        span=None,
        help="make them readable; or give a folder, or a `.json` file that maps paths to contents",
    )


def too_deep(repo: str, branch: str, title: str) -> Diagnostic:
    """Say that all files of a repo lie in a folder of the repo's name."""
    return Diagnostic(
        code=TOO_DEEP,
        severity=Severity.WARNING,
        message=f"`{repo}` holds nothing but a folder `/{repo}/`: paths start one folder too deep",
        span=None,
        help=f"give `--data {repo}={shown(title.rstrip('/'))}/{repo}`; on a cluster "
        f"`pachctl put file -r {repo}@{branch}:/ -f {repo}/` (with `:/`) puts the files at the top",
    )


def some(paths: Sequence[str]) -> str:
    """Return `a`, `b`, `c` and how many more there are."""
    names = ", ".join(f"`{shown(path)}`" for path in paths[:_SHOWN])
    more = len(paths) - _SHOWN
    return f"{names} and {more:,} more" if more > 0 else names
