"""Comments that silence a warning: `# bcdsl: allow BC512 reason`.

At the end of a line the comment speaks of findings on that line. On a line of its own it speaks
of the next line and of everything indented below that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Severity
from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile, Span

UNUSED = "BC590"
UNKNOWN = "BC591"
UNREADABLE = "BC592"
REFUSED = "BC593"
SEEN_ELSEWHERE = ("data", "run", "cluster")  # kinds of codes that reading a file never raises


@dataclass(frozen=True, slots=True, kw_only=True)
class Allow:
    """One code that a comment allows, and the lines (counted from 1) for which it does."""

    code: str
    span: Span  # of the code
    comment: Span  # of the whole comment, with the blanks before it
    lines: range


def silence(
    source: SourceFile, problems: tuple[Diagnostic, ...], finished: bool = True
) -> tuple[Diagnostic, ...]:
    """Return the problems that the comments of a source leave, with those of the comments.

    Only warnings and notes are silenced. Where errors kept later checks from running, or
    `finished` is false, nothing is said of a comment that silences nothing: it may yet.
    """
    if "bcdsl:" not in source.text:
        return problems
    allows, wrong = read_allows(source)
    used: set[Allow] = set()
    kept: list[Diagnostic] = []
    refused: list[Diagnostic] = []
    for problem in problems:
        allow = _allowing(problem, source, allows)
        if allow is None:
            kept.append(problem)
        elif problem.severity is Severity.ERROR:
            kept.append(problem)
            used.add(allow)
            refused.append(_refused(allow))
        else:
            used.add(allow)
    finished = finished and not any(p.severity is Severity.ERROR for p in problems)
    unused = [_unused(allow) for allow in allows if finished and _is_unused(allow, used)]
    return (*kept, *wrong, *refused, *unused)


def read_allows(source: SourceFile) -> tuple[tuple[Allow, ...], tuple[Diagnostic, ...]]:
    """Return what the comments of a source allow, and what is wrong with the comments."""
    from bcdsl.explain.index import load

    allows: list[Allow] = []
    wrong: list[Diagnostic] = []
    known = load()
    for comment in _comments(source):
        codes, problem = _codes(source, comment)
        if problem is not None:
            wrong.append(problem)
        for span in codes:
            if span.text in known:
                allow = Allow(
                    code=span.text, span=span, comment=comment, lines=_lines(source, comment)
                )
                allows.append(allow)
            else:
                wrong.append(_unknown(span, known))
    return tuple(allows), tuple(wrong)


def _comments(source: SourceFile) -> Iterator[Span]:
    """Yield the comments that speak to bcdsl, with the blanks before them."""
    import re

    inside: list[tuple[int, int]] | None = None
    for found in re.finditer(
        r"(?:(?<=[\n\r])|(?<=^)|[ \t])[ \t]*#[ \t]*bcdsl:[^\r\n]*", source.text
    ):
        mark = source.text.index("#", found.start())
        if inside is None:
            inside = list(_scalars(source))
        if not any(start <= mark < end for start, end in inside):
            yield Span(source, found.start(), found.end())


def _scalars(source: SourceFile) -> Iterator[tuple[int, int]]:
    """Yield where the quoted and block scalars of a source stand: a `#` in them is text."""
    from bcdsl.compose import compose
    from bcdsl.yaml_tree import Mapping, Scalar, Sequence

    nodes = list(compose(source).documents)
    seen: set[int] = set()
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case Scalar():
                if node.style:
                    yield node.start, node.end
            case Sequence():
                nodes += node.items
            case Mapping():
                nodes += [part for entry in node.entries for part in entry]


def _codes(source: SourceFile, comment: Span) -> tuple[list[Span], Diagnostic | None]:
    """Return the codes of a comment: words before the reason, commas between them."""
    import re

    text = comment.text
    start = text.index("bcdsl:") + len("bcdsl:")
    form = re.compile(r"\s*allow\s+(BC\w*(?:\s*,\s*BC\w*)*)(.*)", re.DOTALL).fullmatch(text, start)
    if form is None:
        return [], Diagnostic(
            code=UNREADABLE,
            severity=Severity.WARNING,
            message="this comment speaks to bcdsl, but says nothing that it knows",
            span=comment.within(text.index("#"), len(text)),
            help="write `# bcdsl: allow BC512 reason`",
        )
    words = re.finditer(r"BC\w*", form[1])
    spans = [comment.within(form.start(1) + w.start(), form.start(1) + w.end()) for w in words]
    if form[2].strip(" \t:;.-"):
        return spans, None
    return spans, Diagnostic(
        code=UNREADABLE,
        severity=Severity.WARNING,
        message="the comment allows a finding without a reason",
        span=comment.within(text.index("#"), len(text)),
        help="say after the code why it is fine here",
    )


def _lines(source: SourceFile, comment: Span) -> range:
    """Return the lines of which a comment speaks."""
    number, _ = source.position(comment.start + comment.text.index("#"))
    if source.line(number).split("#", 1)[0].strip():
        return range(number, number + 1)
    last = len(source.line_starts())
    head = number + 1
    while head <= last and _indent(source.line(head)) is None:
        head += 1
    if head > last:
        return range(number, number)
    depth = _indent(source.line(head)) or 0
    a_list = source.line(head).lstrip().startswith("- ")
    end = head + 1
    while end <= last:
        line = source.line(end)
        indent = _indent(line)
        item_of_key = indent == depth and not a_list and line.lstrip().startswith("- ")
        if indent is not None and indent <= depth and not item_of_key:
            break
        end += 1
    return range(head, end)


def _indent(line: str) -> int | None:
    """Return how far a line is indented, None for one that holds nothing or only a comment."""
    rest = line.lstrip(" ")
    return None if not rest.strip() or rest.startswith("#") else len(line) - len(rest)


def _allowing(problem: Diagnostic, source: SourceFile, allows: Iterable[Allow]) -> Allow | None:
    if problem.span is None or problem.span.source is not source:
        return None
    line, _ = source.position(problem.span.start)
    for allow in allows:
        if allow.code == problem.code and line in allow.lines:
            return allow
    return None


def _is_unused(allow: Allow, used: set[Allow]) -> bool:
    from bcdsl.explain.index import load

    return allow not in used and load()[allow.code].kind not in SEEN_ELSEWHERE


def _unused(allow: Allow) -> Diagnostic:
    whole = allow.comment.text.count("BC") == 1 and "," not in allow.comment.text
    fix = Fix("remove the comment", (Edit(allow.comment, ""),)) if whole else None
    return Diagnostic(
        code=UNUSED,
        severity=Severity.WARNING,
        message=f"nothing here raises `{allow.code}`, so the comment allows nothing",
        span=allow.span,
        help="remove the comment",
        fix=fix,
    )


def _unknown(span: Span, known: Iterable[str]) -> Diagnostic:
    from bcdsl.suggest import nearest

    guess = nearest(span.text, known)
    return Diagnostic(
        code=UNKNOWN,
        severity=Severity.WARNING,
        message=f"there is no code `{span.text}`",
        span=span,
        help=f"use `{guess}`" if guess else "`bcdsl explain --list` shows all codes",
    )


def _refused(allow: Allow) -> Diagnostic:
    return Diagnostic(
        code=REFUSED,
        severity=Severity.WARNING,
        message=f"`{allow.code}` is an error here, and an error cannot be allowed",
        span=allow.span,
        help="repair it, and remove the comment",
    )
