"""Refs: which repo is read, who fills it, on which branch."""

from __future__ import annotations

from bcdsl.diagnostic import Label
from bcdsl.finding import error, replace_with
from bcdsl.frozen import dataclass
from bcdsl.grammar.parse import parse
from bcdsl.grammar.tree import Branch, Token, Unexpected
from bcdsl.model import Writer
from bcdsl.pattern.tree import Pattern, Text
from bcdsl.place import part
from bcdsl.resolve.insert import Captures, insert_text
from bcdsl.resolve.patterns import resolve_pattern
from bcdsl.resolve.project import is_project, no_project
from bcdsl.resolve.scope import Scope, Source
from bcdsl.source import Span, Spanned
from bcdsl.suggest import nearest
from bcdsl.yaml_tree import Scalar

NO_REF = "BC160"
UNKNOWN = "BC301"
OTHER_BRANCH = "BC303"

_WANTED = {
    "NAME": "a name",
    "PATTERN": "a pattern",
    "SLASH": "`/`",
    "AT": "`@`",
    "COLON": "`:` and a pattern",
}
_WHOLE = Pattern(text="/", nodes=(Text(text="/", start=0, end=1),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A ref as meant."""

    project: Spanned[str] | None
    repo: Spanned[str]
    writer: Writer
    branch: Spanned[str]
    pattern: Pattern
    pattern_span: Span


def resolve_ref(scalar: Scalar, captured: Captures, scope: Scope) -> Ref | None:
    """Return what a ref means, or None after noting why it means nothing."""
    tree = parse("ref", scalar.text)
    if isinstance(tree, Unexpected):
        _no_ref(scalar, tree, scope)
        return None
    if _is_repo_and_pattern(tree, scope):
        _no_colon(scalar, scope)
        return None
    project = _name(tree.token("project"), scalar, captured, scope)
    repo = _name(tree.token("repo"), scalar, captured, scope)
    branch = _name(tree.token("branch"), scalar, captured, scope)
    token = tree.token("pattern")
    pattern: tuple[Pattern, Span] | None
    if token is None:
        pattern = (_WHOLE, part(scalar, 0, len(scalar.text)))
    else:
        pattern = resolve_pattern(scalar, token.start, scope)
    if project is not None and project.value == scope.project:
        project = None
    elif project is not None and not is_project(project.value):
        scope.problems.append(no_project(project))
        return None
    if repo is None:
        return None
    source = _source(repo, scope) if project is None else None
    if project is None and source is None:
        return None
    if source is not None and not _branch_is_written(repo, branch, source, scope):
        return None
    if pattern is None:
        return None
    return Ref(
        project=project,
        repo=repo,
        writer=source.writer if source else Writer.ELSEWHERE,
        branch=branch or Spanned(source.branch if source else "master", repo.span),
        pattern=pattern[0],
        pattern_span=pattern[1],
    )


def _name(
    token: Token | None, scalar: Scalar, captured: Captures, scope: Scope
) -> Spanned[str] | None:
    if token is None:
        return None
    text = insert_text(token.text, scalar, token.start, scope, captured)
    return None if text is None else Spanned(text, part(scalar, token.start, token.end))


def _source(repo: Spanned[str], scope: Scope) -> Source | None:
    source = scope.sources.get(repo.value)
    if source is None and scope.repos_read and repo.value not in scope.unread:
        own = _stage_around(repo.span, scope)
        guess = nearest(repo.value, [name for name in scope.sources if name != own])
        written = repo.span.text
        scope.problems.append(
            error(
                UNKNOWN,
                f"no repo or stage is named `{repo.value}`",
                repo.span,
                f"use `{guess}`"
                if guess
                else f"declare it under `repos`, or write its project: `project/{repo.value}`",
                replace_with(repo.span, guess) if guess and written == repo.value else None,
            )
        )
    return source


def _stage_around(span: Span, scope: Scope) -> str | None:
    """Return the stage that a ref stands in: the last whose name stands before it."""
    before = [
        (source.starts, name)
        for name, source in scope.sources.items()
        if source.writer is Writer.STAGE
        and source.span.source is span.source
        and source.starts <= span.start
    ]
    return max(before)[1] if before else None


def _branch_is_written(
    repo: Spanned[str], branch: Spanned[str] | None, source: Source, scope: Scope
) -> bool:
    """Note a branch of a stage's repo that the stage does not write."""
    if branch is None or source.writer is Writer.REPO or branch.value == source.branch:
        return True
    scope.problems.append(
        error(
            OTHER_BRANCH,
            f"`{repo.value}` writes the branch `{source.branch}`, not `{branch.value}`",
            branch.span,
            f"write `{repo.value}`: its own branch is read when none is written",
            labels=(Label(source.span, "written here"),),
        )
    )
    return False


def _is_repo_and_pattern(tree: Branch, scope: Scope) -> bool:
    """Tell whether `a/<x>` stands for `a:/<x>`: `a` is a repo, and `x` is no parameter."""
    project, repo = tree.token("project"), tree.token("repo")
    if project is None or repo is None or "<" not in repo.text:
        return False
    names = [part.partition(">")[0] for part in repo.text.split("<")[1:]]
    return project.text in scope.sources and not any(
        name in scope.filled or name in scope.unfilled for name in names
    )


def _no_colon(scalar: Scalar, scope: Scope) -> None:
    repo, _, rest = scalar.text.partition("/")
    meant = f"{repo}:/{rest}"
    scope.problems.append(
        error(
            NO_REF,
            f"`{repo}` stands where a project would, and is a repo",
            part(scalar, 0, len(repo)),
            f"a pattern stands after `:`, write `{meant}`",
            replace_with(part(scalar, 0, len(scalar.text)), meant),
        )
    )


def _no_ref(scalar: Scalar, tree: Unexpected, scope: Scope) -> None:
    text, at = scalar.text, tree.at
    head, slash, tail = text.partition("/")
    rest = f"before `{text[at:][:20]}`" if at < len(text) else "at its end"
    message = f"`{text}` is no ref: "
    if at < len(text) and len(tree.expected) != 1:
        message += f"`{text[at:][:20]}` may not follow `{text[:at]}`"
    else:
        message += f"{' or '.join(_WANTED[kind] for kind in tree.expected)} should stand {rest}"
    advice = "a ref is `[project/]repo[@branch][:/pattern]`"
    fix = None
    if slash and head and ":" not in head and at > len(head):
        advice = f"a pattern stands after `:`, write `{head}:/{tail}`"
        repo = head.partition("@")[0]
        if repo in scope.sources or nearest(repo, scope.sources):
            fix = replace_with(part(scalar, 0, len(text)), f"{head}:/{tail}")
    scope.problems.append(
        error(
            NO_REF,
            message,
            part(scalar, at, len(text)) if at < len(text) else part(scalar, 0, len(text)),
            advice,
            fix,
        )
    )
