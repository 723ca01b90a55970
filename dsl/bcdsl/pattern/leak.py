"""Classes without members, which take the glob's meaning out of its own hands.

Pachyderm's library turns a glob into a regular expression and hands `[` and `]` of an empty
class over as they are. There a `]` in first place is a member, so the class goes on to the next
`]` of the *expression*: that of a later class, or of the `[^/]` that stands for `*` and `?`.
The only faithful way is to write that expression and to read it, which this module does for
the few forms that can occur (the library is github.com/pachyderm/ohmyglob over regexp2).
"""

from __future__ import annotations

from collections.abc import Iterable

from bcdsl.pattern.char_class import expand, pairs_of
from bcdsl.pattern.expression import (
    NO_NEWLINE,
    Capture,
    Choice,
    Expressed,
    Expression,
    Literal,
    OneOf,
    Repeat,
    Run,
    Sequence,
    Unless,
)
from bcdsl.pattern.tree import (
    AnyChar,
    Braces,
    CharClass,
    DoubleStar,
    Fixed,
    Group,
    Node,
    Pattern,
    Star,
    Text,
)
from bcdsl.pattern.walk import walk

_META = frozenset("\\.+*?()|[]{}^$")  # what the library escapes in texts


class _DoesNotCompileError(Exception):
    """The expression does not compile; says why."""


def has_leak(pattern: Pattern) -> bool:
    """Say whether the glob has a class without members."""
    return any(isinstance(node, CharClass) and not node.members for node in walk(pattern.nodes))


def leak_error(pattern: Pattern) -> str | None:
    """Return why a glob with an empty class does not compile, or None if it does."""
    if not has_leak(pattern):
        return None
    try:
        leaked(pattern, to_end=False)
    except _DoesNotCompileError as wrong:
        return str(wrong)
    return None


def leaked(pattern: Pattern, *, to_end: bool) -> Expressed:
    """Return what a glob with an empty class means."""
    reading = _Reading("".join(_texts(pattern.nodes, to_end)))
    body = reading.choice()
    if reading.at < len(reading.text):
        raise _DoesNotCompileError(
            "an empty class swallows the start of a group that is then closed"
        )
    return Expressed(body=body, captures=reading.captures)


# --- the library's expression ---


def _texts(nodes: Iterable[Node], to_end: bool) -> Iterable[str]:
    for node in nodes:
        match node:
            case Text(text=text) | Fixed(text=text):
                yield "".join(_escaped(text))
            case AnyChar():
                yield "[^/]"
            case Star():
                yield "[^/]*"
            case DoubleStar():
                yield ".*"
            case CharClass():
                yield "[^" if node.negated else "["
                yield "".join("\\" + c if c in "[]\\" else c for c in expand(node.members))
                yield "]"
            case Braces():
                yield "(?:" + _joined(node, to_end) + ")"
            case Group(operator="!"):
                end = "$" if to_end else ""
                yield "((?:(?!(?:" + _joined(node, to_end, end) + "))[^/]*))"
            case Group(operator="@"):
                yield "(" + _joined(node, to_end) + ")"
            case Group():
                yield "((?:" + _joined(node, to_end) + ")" + node.operator + ")"


def _escaped(text: str) -> Iterable[str]:
    return ("\\" + char if char in _META else char for char in text)


def _joined(node: Braces | Group, to_end: bool, end: str = "") -> str:
    return "|".join("".join(_texts(each, to_end)) + end for each in node.alternatives)


# --- and its reading ---


class _Reading:
    """A reader of just those expressions."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.captures = 0

    def sees(self, token: str) -> bool:
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def alternatives(self) -> tuple[Sequence, ...]:
        found = [self.sequence()]
        while self.sees("|"):
            found.append(self.sequence())
        return tuple(found)

    def choice(self) -> Sequence:
        found = self.alternatives()
        return found[0] if len(found) == 1 else (Choice(found),)

    def sequence(self) -> Sequence:
        parts: list[Expression] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            if self.sees("$"):
                continue  # only ever last in a look-ahead, which knows of it
            parts.append(self.part())
        return tuple(parts)

    def part(self) -> Expression:
        if self.sees("(?!(?:"):
            start = self.at
            inside = self.alternatives()
            to_end = "$" in self.text[start : self.at].replace("\\$", "")
            self.close()
            self.close()
            return Unless(inside, to_end=to_end)
        if self.sees("(?:"):
            inside = self.alternatives()
            self.close()
            return self.quantified(inside)
        if self.sees("("):
            self.captures += 1
            number = self.captures
            body = self.choice()
            self.close()
            return Capture(number, body)
        if self.sees(".*"):
            return Run(NO_NEWLINE)
        if self.sees("["):
            one = self.char_class()
            return Run(one) if self.sees("*") else self.repeated(one)
        self.at += self.text[self.at] == "\\"
        self.at += 1
        return Literal(self.text[self.at - 1])

    def repeated(self, one: OneOf) -> Expression:
        found = self.quantified(((one,),))
        return one if isinstance(found, Choice) else found

    def quantified(self, inside: tuple[Sequence, ...]) -> Expression:
        if self.sees("*"):
            return Repeat(inside, least=0)
        if self.sees("+"):
            return Repeat(inside, least=1)
        if self.sees("?"):
            return Repeat(inside, least=0, once=True)
        return Choice(inside)

    def close(self) -> None:
        if not self.sees(")"):
            raise _DoesNotCompileError("an empty class swallows the end of a group")

    def char_class(self) -> OneOf:
        negated = self.sees("^")
        members = ""
        first = self.at
        while True:
            if self.at >= len(self.text):
                raise _DoesNotCompileError("a class has no members, and no later class ends it")
            char = self.text[self.at]
            self.at += 1
            if char == "]" and self.at - 1 > first:
                break
            if char == "[" and members[-1:] == "-" and len(members) > 1:
                raise _DoesNotCompileError("an empty class swallows `-[`, a difference of classes")
            if char == "\\":
                char = self.text[self.at]
                self.at += 1
            members += char
        pairs = pairs_of(members)
        if any(low > high for low, high in pairs):
            raise _DoesNotCompileError("an empty class swallows a range that runs backwards")
        return OneOf(pairs, negated)
