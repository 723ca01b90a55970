"""One glob or pattern as its author may want to see it before a cluster does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass, replace
from bcdsl.pattern.canonical import canonical
from bcdsl.pattern.flaw import diagnose
from bcdsl.pattern.names import names
from bcdsl.pattern.read import read_pattern
from bcdsl.pattern.surprises.find import surprises
from bcdsl.pattern.tree import Group, Pattern, Text
from bcdsl.pattern.walk import walk
from bcdsl.pattern.write import write_glob
from bcdsl.source import SourceFile, Span
from bcdslc.glob.matcher import Matcher, compile_glob
from bcdslc.glob.template import expand

_NAME = re.compile(r"(?<!\\)<[A-Za-z_][A-Za-z0-9_]*[:>]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """One capture: its number, its name if it has one, and what it takes, as written."""

    number: int
    name: str | None
    takes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a glob or pattern is: `glob` as Pachyderm gets it, with a bracket for every name."""

    written: str
    glob: str
    pattern: Pattern
    matcher: Matcher
    brackets: tuple[Bracket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One path that matches, what each bracket took, and the expanded key if one is asked."""

    path: str
    captures: tuple[str, ...]
    key: str | None


def is_pattern(text: str) -> bool:
    """Say whether a text has names, so that it is a pattern and no plain glob."""
    return _NAME.search(text) is not None


def preview(text: str, *, raw: bool = False) -> tuple[Preview | None, tuple[Diagnostic, ...]]:
    """Return what a text means, None if nothing, and what is to be said of it."""
    named = not raw and is_pattern(text)
    place = _place(text)
    pattern, problems = read_pattern(text, place, names=named)
    if pattern is None:
        return None, problems
    found = tuple(diagnose(flaw, place) for flaw in surprises(pattern, raw=not named))
    if named:
        written = write_glob(pattern, [each.name for each in names(pattern) if each.name])
        glob, meant = written.glob, pattern
    else:
        glob = canonical(text)
        cleaned, more = read_pattern(glob, _place(glob), names=False)
        if cleaned is None:  # cleaning can take a bracket's end away
            return None, problems + more
        meant = cleaned
    shown = Preview(
        written=text,
        glob=glob,
        pattern=meant,
        matcher=compile_glob(meant),
        brackets=_brackets(meant),
    )
    return shown, problems + found


def matches(shown: Preview, entries: Sequence[str], template: str | None) -> Iterator[Match]:
    """Yield what matches of sorted entries; `template` may hold names as well as numbers."""
    key = None if template is None else numbered(template, shown.brackets)
    for path, captures in shown.matcher.over(entries):
        expanded = None if key is None else expand(key, captures)
        yield Match(path=path, captures=captures[1:], key=expanded)


def numbered(template: str, brackets: Sequence[Bracket]) -> str:
    """Return a template with each known `<name>` written as its number."""
    numbers = {bracket.name: bracket.number for bracket in brackets if bracket.name}

    def number(found: re.Match[str]) -> str:
        return f"${{{numbers[found[1]]}}}" if found[1] in numbers else found[0]

    return re.sub(r"<([A-Za-z_][A-Za-z0-9_]*)>", number, template)


def leading_parts(pattern: Pattern) -> Iterator[Pattern]:
    """Yield the pattern without its last element, then without its last two, and so on."""
    for index in range(len(pattern.nodes) - 1, -1, -1):
        node = pattern.nodes[index]
        if not isinstance(node, Text):
            continue
        text = node.text
        while "/" in text:
            text = text[: text.rindex("/")]
            kept = (replace(node, text=text),) if text else ()
            if index or text:
                yield Pattern(text=pattern.text, nodes=pattern.nodes[:index] + kept)


def _place(text: str) -> Span:
    return Span(SourceFile("pattern", text), 0, len(text))


def _brackets(pattern: Pattern) -> tuple[Bracket, ...]:
    groups = [node for node in walk(pattern.nodes) if isinstance(node, Group)]
    return tuple(
        Bracket(
            number=number,
            name=group.name,
            takes="*" if group.bare else pattern.text[group.start : group.end],
        )
        for number, group in enumerate(groups, 1)
    )
