"""Which repos there are to read: declared ones, the stages' own, and the tick repos of crons."""

from __future__ import annotations

from collections.abc import Iterable

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.model import Writer
from bcdsl.read.wrong import TWO_KINDS as STANDS_TWICE
from bcdsl.resolve.insert import insert_text
from bcdsl.resolve.scope import Scope, Source
from bcdsl.source import Span, Spanned
from bcdsl.syntax import Fields, LeafSyntax, leaves_below
from bcdsl.yaml_tree import Scalar

STAGE_AND_REPO = "BC302"
REPO_NAME = "BC307"
TICK_TAKEN = "BC306"

MASTER = "master"

_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")


def find_sources(
    repos: Iterable[Spanned[str]],
    stages: Iterable[tuple[Scalar, Fields]],
    scope: Scope,
) -> dict[str, Source]:
    """Return every repo of the document by name, after noting names that two of them have."""
    found: dict[str, Source] = {}
    for name in repos:
        if not _LETTERS.issuperset(name.value):
            scope.problems.append(_not_a_name(name))
        if name.value in found:
            scope.problems.append(_twice(name, found[name.value]))
        repo = name.value.partition("@")[0]  # a branch written here is told once
        found[repo] = Source(writer=Writer.REPO, branch=MASTER, span=name.span)
    stages = tuple(stages)
    for key, fields in stages:
        if key.text in found:
            scope.problems.append(_taken(key, found[key.text]))
        branch = fields.text("output_branch")
        found[key.text] = Source(
            writer=Writer.STAGE,
            branch=MASTER if branch is None else branch.text,
            span=key.span if branch is None else branch.span,
            stage=key.text,
            starts=key.start,
        )
    for key, fields in stages:
        for leaf in leaves_below(fields.inputs("from")):
            if leaf.cron:
                _add_tick(key.text, leaf, found, scope)
    return found


def _add_tick(stage: str, leaf: LeafSyntax, found: dict[str, Source], scope: Scope) -> None:
    """Add the repo that a cron fills: its `repo`, else `<stage>_<name>`."""
    repo = leaf.fields.text("repo")
    name: str | None
    if repo is not None:
        name = insert_text(repo.text, repo, 0, scope)
        place: Span = repo.span
    elif leaf.name is not None:
        name, place = f"{stage}_{leaf.name.text}", leaf.name.span
    else:
        return
    if name is None:
        return
    other = found.get(name)
    if other is not None:
        scope.problems.append(_tick_taken(name, place, other))
        return
    found[name] = Source(writer=Writer.TICK, branch=MASTER, span=place, stage=stage)


def _taken(key: Scalar, other: Source) -> Diagnostic:
    return error(
        STAGE_AND_REPO,
        f"a stage and a repo are both named `{key.text}`",
        key.span,
        "rename one of them: a stage's output is a repo of its name",
        labels=(Label(other.span, "the repo"),),
    )


def _tick_taken(name: str, place: Span, other: Source) -> Diagnostic:
    what = {Writer.REPO: "a repo", Writer.STAGE: "a stage"}.get(other.writer, "another cron's repo")
    return error(
        TICK_TAKEN,
        f"this cron would tick into `{name}`, which is {what}",
        place,
        "name the input otherwise, or write `repo:` with a name that is free",
        labels=(Label(other.span, "named here"),),
    )


def _twice(name: Spanned[str], other: Source) -> Diagnostic:
    """Say that two names are one with their parameters put in."""
    return error(
        STANDS_TWICE,
        f"`{name.value}` stands twice in `repos`",
        name.span,
        "take one of the two out",
        labels=(Label(other.span, "the other"),),
    )


def _not_a_name(name: Spanned[str]) -> Diagnostic:
    """Say that no repo can have this name (pachyderm: src/internal/ancestry/ancestry.go)."""
    hint = ""
    if "/" in name.value:
        hint = "; a repo of another project is read by `project/repo` and not declared"
    if "@" in name.value:
        hint = "; a branch is named where it is read: `repo@branch`"
    return error(
        REPO_NAME,
        f"a repo cannot be named `{name.value}`",
        name.span,
        help=f"a name holds letters, digits, `_` and `-` only{hint}",
    )
