"""Patterns as meant: narrowed by `names`, parameters filled in."""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic, Label
from bcdsl.finding import error
from bcdsl.pattern.fix import fix
from bcdsl.pattern.flaw import diagnose
from bcdsl.pattern.names import names
from bcdsl.pattern.narrow import narrow
from bcdsl.pattern.read import read_pattern
from bcdsl.pattern.surprises.find import surprises
from bcdsl.pattern.tree import Group, Pattern
from bcdsl.place import is_exact, part
from bcdsl.resolve.scope import Scope
from bcdsl.source import Span
from bcdsl.yaml_tree import Scalar

NARROWED_TWICE = "BC322"
BAD_TEXT = "BC312"

_FORBIDDEN = frozenset("*?[](){}!@+^|\\<>")


def resolve_pattern(scalar: Scalar, start: int, scope: Scope) -> tuple[Pattern, Span] | None:
    """Return the pattern that a scalar holds from an offset on, and its place."""
    text = scalar.text[start:]
    span = part(scalar, start, len(scalar.text))
    read, problems = read_pattern(text, span)
    if not is_exact(scalar):
        problems = tuple(_at(problem, span) for problem in problems)
    scope.problems.extend(problems)
    if read is None:
        return None
    if len(text) > 2:
        for flaw in surprises(read):
            problem = diagnose(flaw, span)
            scope.problems.append(problem if is_exact(scalar) else _at(problem, span))
    if "<" not in text:
        return read, span
    sound = True
    for group in names(read):
        if isinstance(group, Group) and group.name is not None:
            sound = _may_stand(group, group.name, scalar, start, scope) and sound
    if not sound:
        return None
    return fix(narrow(read, scope.subs), scope.texts()), span


def _may_stand(group: Group, name: str, scalar: Scalar, start: int, scope: Scope) -> bool:
    """Note what is wrong with a name that the document says more of."""
    if name in scope.unfilled:
        scope.used.add(name)
        return False
    place = part(scalar, start + group.start, start + group.end)
    value = scope.filled.get(name)
    if value is None and name not in scope.subs:
        return True
    scope.used.add(name)
    if not group.bare:
        other = scope.sub_places[name] if value is None else value.span
        said = "narrowed by `names`" if value is None else "fixed by a parameter"
        scope.problems.append(
            error(
                NARROWED_TWICE,
                f"`{name}` is {said}, and narrowed again here",
                place,
                f"write `<{name}>`",
                labels=(Label(other, "said here"),),
            )
        )
        return False
    if value is None:
        return True
    bad = next((char for char in value.value if not _allowed(char)), None)
    if value.value and bad is None:
        return True
    what = "is empty" if bad is None else f"holds `{bad}`"
    scope.problems.append(
        error(
            BAD_TEXT,
            f"the parameter `{name}` {what}, which cannot stand in a pattern",
            place,
            "a path in Pachyderm has no such character" if bad else "give it a text",
            labels=(Label(value.span, "its value"),),
        )
    )
    return False


def _allowed(char: str) -> bool:
    """Tell whether a character may stand in a path of PFS; globs' own characters may not.

    pachyderm: src/internal/pfsfile and part 3.2 of the spec reference: printable ASCII, without
    the characters of globs.
    """
    return " " <= char <= "~" and char not in _FORBIDDEN


def _at(problem: Diagnostic, span: Span) -> Diagnostic:
    """Place a problem on the whole of a text that is not written letter for letter."""
    return Diagnostic(
        code=problem.code,
        message=problem.message,
        span=span,
        severity=problem.severity,
        labels=(),
        help=problem.help,
    )
