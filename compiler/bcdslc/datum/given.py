"""The data that a command line gives: `--data [PROJECT/]REPO[@BRANCH]=PLACE`.

A place is opened when a stage asks for it, and once. A word without branch or project stands
for every branch or project.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass, field
from bcdsl.suggest import nearest
from bcdslc.input_tree import Pfs
from bcdslc.tree.file_tree import FileTree
from bcdslc.tree.open_data import open_data

UNKNOWN = "BC906"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataWord:
    """One `--data`."""

    project: str | None
    repo: str
    branch: str | None
    place: str

    def serves(self, leaf: Pfs) -> bool:
        """Tell whether a leaf with its defaults filled in reads this data."""
        branches = {leaf.branch, leaf.trigger.branch if leaf.trigger is not None else None}
        return (
            self.repo == leaf.repo
            and self.project in (None, leaf.project)
            and (self.branch is None or self.branch in branches)
        )


def read_word(text: str) -> DataWord | None:
    """Return what a `--data` says, or None if it is not REPO=PLACE."""
    ref, equals, place = text.partition("=")
    project, slash, rest = ref.rpartition("/")
    repo, at, branch = rest.partition("@")
    if not equals or not place or not repo or (slash and not project) or (at and not branch):
        return None
    return DataWord(project=project or None, repo=repo, branch=branch or None, place=place)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """All `--data` of a command line."""

    words: Sequence[DataWord]
    opening: Callable[[str], None] = lambda place: None  # told before a place is read
    _open: dict[str, FileTree] = field(default_factory=dict, init=False)

    def find(self, leaf: Pfs) -> FileTree | None:
        """Return the files of a leaf's branch; the most exact word counts.

        None without a word, or if its place could not be read: it is not known to be empty.
        """
        serving = [word for word in self.words if word.serves(leaf)]
        if not serving:
            return None
        word = max(serving, key=lambda w: (w.branch is not None, w.project is not None))
        if word.place not in self._open:
            self.opening(word.place)
            self._open[word.place] = open_data(word.place)
        tree = self._open[word.place]
        unread = any(problem.severity is Severity.ERROR for problem in tree.problems)
        return None if unread and not tree.entries else tree

    def problems(self) -> tuple[Diagnostic, ...]:
        """Return what is wrong with the places opened so far."""
        return tuple(problem for tree in self._open.values() for problem in tree.problems)

    def unknown(self, leaves: Iterable[Pfs]) -> tuple[Diagnostic, ...]:
        """Return a finding for each word that no leaf reads."""
        read = list(leaves)
        repos = sorted({leaf.repo for leaf in read})
        return tuple(
            _unknown(word, repos)
            for word in self.words
            if not any(word.serves(leaf) for leaf in read)
        )


def _unknown(word: DataWord, repos: Sequence[str]) -> Diagnostic:
    if word.repo in repos:
        at = f"@{word.branch}" if word.branch else ""
        message = f"no input reads `{word.repo}{at}`, though some read `{word.repo}`"
        repair = f"write `--data {word.repo}={word.place}`"
    else:
        guess = nearest(word.repo, repos)
        message = f"no input reads a repo `{word.repo}`"
        listed = ", ".join(f"`{repo}`" for repo in repos[:8])
        repair = f"use `{guess}`" if guess else f"inputs read {listed or 'nothing'}"
    return Diagnostic(code=UNKNOWN, message=message, span=None, help=repair)
