"""Patterns as meant: narrowed by `names`, parameters filled in."""

from __future__ import annotations

from bcdsl.diagnostic import Label
from bcdsl.finding import error
from bcdsl.frozen import replace
from bcdsl.pattern.elements import unclean_names
from bcdsl.pattern.fix import fix
from bcdsl.pattern.flaw import diagnose
from bcdsl.pattern.names import names
from bcdsl.pattern.narrow import narrow
from bcdsl.pattern.read import read_glob
from bcdsl.pattern.surprises.find import surprises
from bcdsl.pattern.surprises.split import split
from bcdsl.pattern.tree import Fixed, Group, Pattern
from bcdsl.place import is_exact, part
from bcdsl.resolve.scope import KnownPattern, Scope
from bcdsl.source import Span
from bcdsl.yaml_tree import Scalar

NARROWED_TWICE = "BC322"
BAD_TEXT = "BC312"

_FORBIDDEN = frozenset("*?[](){}!@+^|\\<>")


def resolve_pattern(scalar: Scalar, start: int, scope: Scope) -> tuple[Pattern, Span] | None:
    """Return the pattern that a scalar holds from an offset on, and its place."""
    text = scalar.text[start:]
    span = part(scalar, start, len(scalar.text))
    known = scope.patterns.get(text)
    if known is None:
        known = scope.patterns[text] = _read(text, scope)
    for flaw in known.flaws:
        problem = diagnose(flaw, span)
        scope.problems.append(problem if is_exact(scalar) else replace(problem, span=span))
    if known.meant is None:
        return None
    if scope.subs or scope.filled or scope.unfilled:
        for group in known.names:
            if not _may_stand(group, scalar, start, scope):
                return None
    return known.meant, span


def _read(text: str, scope: Scope) -> KnownPattern:
    read, flaws = read_glob(text, names=True)
    if read is None:
        return KnownPattern(names=(), meant=None, flaws=flaws)
    if len(text) > 2:
        flaws += surprises(read, settled={*scope.subs, *scope.filled})
    if "<" not in text:
        return KnownPattern(names=(), meant=read, flaws=flaws)
    meant = fix(narrow(read, scope.subs), scope.texts())
    if scope.subs:  # with what `names` says, some texts between names are settled, some are not
        told = {(flaw.start, flaw.end) for flaw in flaws}
        more = (*split(meant), *unclean_names(meant.nodes, text))
        flaws += tuple(flaw for flaw in more if (flaw.start, flaw.end) not in told)
    return KnownPattern(names=names(read), meant=meant, flaws=flaws)


def _may_stand(group: Group | Fixed, scalar: Scalar, start: int, scope: Scope) -> bool:
    """Tell whether a name means something, after noting what the document says against it."""
    name = group.name
    if name is None or isinstance(group, Fixed):
        return True
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
    bad = _bad_text(value.value, scalar.text[start:], group)
    if bad is None:
        return True
    what, advice = bad
    scope.problems.append(
        error(
            BAD_TEXT,
            f"the parameter `{name}` {what}, which cannot stand in a pattern",
            place,
            advice,
            labels=(Label(value.span, "its value"),),
        )
    )
    return False


def _bad_text(value: str, text: str, group: Group) -> tuple[str, str] | None:
    """Return what is wrong with a parameter's text where it lands, and what to do; None if fine."""
    if not value:
        return "is empty", "give it a text"
    char = next((char for char in value if not _allowed(char)), None)
    if char is not None:
        return f"holds `{char}`", "a path in Pachyderm has no such character"
    left, right = text[: group.start].rpartition("/")[2], text[group.end :].partition("/")[0]
    for element in (left + value + right).split("/"):
        if element in ("", ".", ".."):
            made = f"`{element}`" if element else "without a name"
            return f"makes an element {made}", "a path in Pachyderm has no such element"
    return None


def _allowed(char: str) -> bool:
    """Tell whether a character may stand in a path of PFS; globs' own characters may not.

    pachyderm: src/internal/pfsfile and part 3.2 of the spec reference: printable ASCII, without
    the characters of globs.
    """
    return " " <= char <= "~" and char not in _FORBIDDEN
