"""Text to tree: the reader of globs, and of patterns, which are globs with names.

The rules are those of Pachyderm's glob library, oddities included (`docs/globs.md`): one stack
of open groups for braces and brackets alike, so that `}` closes a bracket that stands
innermost; text that does not stop at `)` or `|` while a brace is open; groups that the end of
the text closes silently. With `names` a `<name>` or `<name:sub>` opens a group of its own, which
only `>` closes; where the oddities would touch it, it is an error.

The reader goes once through the text and keeps its own stack, so any text is read in linear
time; `DEPTH` bounds how deep groups nest, since later passes recurse.
"""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.pattern.char_class import reversed_range
from bcdsl.pattern.elements import unclean_elements, unclean_names, without_final_slash
from bcdsl.pattern.flaw import Flaw, diagnose
from bcdsl.pattern.leak import leak_error
from bcdsl.pattern.open_group import OpenGroup
from bcdsl.pattern.placement import misplaced_names
from bcdsl.pattern.tree import (
    AnyChar,
    CharClass,
    DoubleStar,
    Group,
    Node,
    Pattern,
    Star,
    Text,
)
from bcdsl.source import Span

DEPTH = 100

_NAME = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)([:>])")
_NO_NAME = re.compile(r"<[^<>/\\|(){}\[\]]*>")
_NOT_UTF8 = re.compile("[\ufffd\ud800-\udfff]")  # surrogates: bytes that are not UTF-8
_ALWAYS_STOPS = "?*[{("  # what ends a text run that a literal `@ ! + ^` began
_OPERATORS = "@!+^"
_VANISHING = "\ufffe\uffff"  # the library's own marks, taken out of what it compiles


def read_pattern(
    text: str, span: Span, *, names: bool = True
) -> tuple[Pattern | None, tuple[Diagnostic, ...]]:
    """Return the pattern, or None if it has no meaning, and what is wrong with its text.

    Without `names` the text is a glob as Pachyderm stores it, and only what does not compile
    is wrong. `span` is the place of the whole text.
    """
    pattern, flaws = read_glob(text, names=names)
    return pattern, tuple(diagnose(flaw, span) for flaw in flaws)


def read_sub(text: str, span: Span) -> tuple[Pattern | None, tuple[Diagnostic, ...]]:
    """Read what a name is narrowed to: one group that holds the alternatives, no inner names."""
    reader = _Reader(text, names=True, inside="sub")
    pattern = reader.read()
    return pattern, tuple(diagnose(flaw, span) for flaw in reader.flaws)


def read_glob(text: str, *, names: bool = False) -> tuple[Pattern | None, tuple[Flaw, ...]]:
    """Do what `read_pattern` does, with flaws placed by offsets."""
    reader = _Reader(text, names=names)
    pattern = reader.read()
    return pattern, tuple(reader.flaws)


class _Reader:
    """One reading of one text; `braces` and `brackets` count what is open of each kind."""

    def __init__(self, text: str, *, names: bool, inside: str | None = None) -> None:
        self.text = text
        self.names = names
        self.inside = inside
        self.at = 0
        self.braces = 0
        self.brackets = 0
        self.groups = 0
        self.stack: list[OpenGroup] = []
        self.top: list[Node] = []
        self.flaws: list[Flaw] = []

    def read(self) -> Pattern | None:
        if self.inside is not None:
            self._open("@", 0, number=0)
            self.brackets += 1
        elif self.names and not self.text.startswith("/"):
            self._wrong("BC400", 0, 1, "a pattern starts with `/`", f"write `/{self.text}`")
        foreign = _NOT_UTF8.search(self.text)
        if foreign:
            at = foreign.start()
            self._wrong(
                "BC403",
                at,
                at + 1,
                f"U+{ord(foreign[0]):04X} stands in a glob",
                "write the character that was meant: this one stands for text that is not UTF-8",
            )
            return None
        size = len(self.text)
        while self.at < size and self.text[self.at] != "\0":
            if len(self.stack) > DEPTH:
                self._wrong(
                    "BC406",
                    self.at - 1,
                    self.at,
                    f"more than {DEPTH} groups are nested",
                    "nest less",
                )
                return None
            self._token()
        if self.at < size and self.names:
            self._wrong("BC403", self.at, self.at + 1, "a NUL character stands in a pattern")
        self._close_rest()
        if self.names:
            self.top = without_final_slash(self.top, self.text)
        pattern = Pattern(text=self.text, nodes=tuple(self.top))
        self._check(pattern)
        wrong = any(flaw.severity is Severity.ERROR for flaw in self.flaws)
        return None if wrong else pattern

    def _check(self, pattern: Pattern) -> None:
        """Find what is wrong with the whole rather than with one token."""
        if not self.names:
            problem = leak_error(pattern)
            if problem and not self.flaws:
                self._wrong("BC405", 0, len(self.text), problem)
            return
        self.flaws.extend(misplaced_names(pattern, allowed=self.inside is None))
        if self.inside is None and self.text.startswith("/"):  # a narrowing is within an element
            self.flaws.extend(unclean_elements(self.text))
            if "<" in self.text:
                self.flaws.extend(unclean_names(self.top, self.text))

    def _wrong(
        self, code: str, start: int, end: int, message: str, help: str | None = None
    ) -> None:
        self.flaws.append(Flaw(code=code, message=message, start=start, end=end, help=help))

    # --- tokens ---

    def _token(self) -> None:
        text, at = self.text, self.at
        char = text[at]
        after = text[at + 1 : at + 2]
        if self.names and char in "<>":
            self._name() if char == "<" else self._name_end()
        elif char == "{":
            self._open("", 1)
            self.braces += 1
        elif (char == "," and self.braces) or (char == "|" and self.brackets):
            self._alternative()
        elif char == "}" and self.braces:
            self.braces -= 1
            self._close(char)
        elif char == ")" and self.brackets:
            self.brackets -= 1
            self._close(char)
        elif char == "[":
            self._char_class()
        elif char == "(":
            self._bracket("@", 1)
        elif char in _OPERATORS and after == "(":
            if char == "^":
                self._wrong("BC402", at, at + 2, "`^(` does not compile", "write `!(` or `\\^(`")
            self._bracket(char, 2)
        elif char in _OPERATORS:
            self._run(_ALWAYS_STOPS)
        elif char == "?" or char == "*":
            self._wildcard(char)
        else:
            self._run(self._stops())

    def _wildcard(self, char: str) -> None:
        at, text = self.at, self.text
        if text.startswith("(", at + 1):
            self._bracket(char, 2)
        elif char == "?":
            self._add(AnyChar(start=at, end=at + 1), 1)
        elif text.startswith("*", at + 1) and not text.startswith("(", at + 2):
            self._add(DoubleStar(start=at, end=at + 2), 2)
        else:
            self._add(Star(start=at, end=at + 1), 1)

    def _stops(self) -> str:
        if self.braces:
            return "?*[{(@!^+},"
        if self.brackets:
            return "?*[{(@!^+)|"
        return "?*[{(@!^+"

    def _run(self, stops: str) -> None:
        text, start, size = self.text, self.at, len(self.text)
        if self.names:
            stops += "<>"
        taken = [text[start]] if text[start] != "\\" else []
        at = start if text[start] == "\\" else start + 1
        while at < size and text[at] not in stops:
            if text[at] == "\\":
                at += 1
            if at == size:
                break
            at += 1
            if text[at - 1] == "\0":  # ends the run, escaped or not, and is dropped
                break
            taken.append(text[at - 1])
        self.at = at
        if taken:
            kept = "".join(taken)
            for mark in _VANISHING:
                kept = kept.replace(mark, "")
            self._nodes().append(Text(text=kept, start=start, end=at))

    def _char_class(self) -> None:
        text, start, size = self.text, self.at, len(self.text)
        at, owed, negated = start + 1, 0, False
        members: list[str] = []
        while True:
            if at >= size or text[at] == "\0":
                self._wrong(
                    "BC401",
                    start,
                    start + 1,
                    "a `[` has no `]`",
                    "close it, or write `\\[` for the character",
                )
                self.at = size
                return
            char = text[at]
            at += 1
            if char == "\\" and at < size and text[at] != "\0":
                members.append(text[at])
                at += 1
                continue
            if char == "]" and not owed:
                break
            if char in "!^" and not negated:
                negated = True
                continue
            owed += (char == "[") - (char == "]")
            members.append(char)
        self._class_node("".join(members), negated, start, at)

    def _class_node(self, members: str, negated: bool, start: int, end: int) -> None:
        for mark in _VANISHING:
            members = members.replace(mark, "")
        turned = reversed_range(members)
        if turned:
            low, high = turned
            self._wrong(
                "BC404",
                start,
                end,
                f"the range `{low}-{high}` runs backwards",
                f"write `{high}-{low}`, or put the hyphen first",
            )
        if not members and self.names:
            self._wrong(
                "BC405", start, end, "a class has no members", "write the characters it is for"
            )
        node = CharClass(members=members, negated=negated, start=start, end=end)
        self._nodes().append(node)
        self.at = end

    # --- groups ---

    def _nodes(self) -> list[Node]:
        return self.stack[-1].nodes if self.stack else self.top

    def _add(self, node: Node, width: int) -> None:
        self._nodes().append(node)
        self.at += width

    def _open(self, operator: str, width: int, *, number: int = 0, name: str | None = None) -> None:
        self.stack.append(OpenGroup(operator=operator, start=self.at, number=number, name=name))
        self.at += width

    def _bracket(self, operator: str, width: int) -> None:
        self.groups += 1
        self.brackets += 1
        self._open(operator, width, number=self.groups)

    def _alternative(self) -> None:
        group = self.stack[-1]
        if group.name is not None and self.text[self.at] == ",":
            self._wrong("BC408", self.at, self.at + 1, *group.crossed(","))
        group.done.append(tuple(group.nodes))
        group.nodes = []
        self.at += 1

    def _close(self, closer: str) -> None:
        group = self.stack.pop()
        if group.name is not None and closer != ">":
            self._wrong("BC408", self.at, self.at + 1, *group.crossed(closer))
        if self.inside is not None and not self.stack:
            self._wrong(
                "BC408",
                self.at,
                self.at + 1,
                f"`{closer}` closes nothing",
                f"write `\\{closer}` for the character",
            )
        self.at += 1
        self._nodes().append(group.close(closer, self.at))

    def _close_rest(self) -> None:
        while self.stack:
            group = self.stack.pop()
            if group.name is not None:
                self._wrong(
                    "BC408",
                    group.start,
                    group.start + 1 + len(group.name),
                    f"`<{group.name}:` has no `>`",
                    "close it, or write `\\<` for the character",
                )
            self._nodes().append(group.close("", len(self.text)))

    # --- names ---

    def _name(self) -> None:
        found = _NAME.match(self.text, self.at)
        if found is None:
            self._no_name()
            return
        self.groups += 1
        start, end = found.span()
        if found[2] == ":":
            self.brackets += 1
            self._open("@", end - start, number=self.groups, name=found[1])
            return
        star = Star(start=start, end=end)
        self._nodes().append(
            Group(
                operator="@",
                alternatives=((star,),),
                number=self.groups,
                name=found[1],
                bare=True,
                closer=">",
                start=start,
                end=end,
            )
        )
        self.at = end

    def _no_name(self) -> None:
        """Report a `<`, and with it the `>` that is its other end."""
        end = _NO_NAME.match(self.text, self.at)
        advice = "`<name>`, `<name:sub>`, or `\\<` for the character"
        if end is None:
            self._wrong("BC407", self.at, self.at + 1, "this `<` starts no name", f"write {advice}")
            self.at += 1
            return
        self._wrong(
            "BC407",
            *end.span(),
            f"`{end[0]}` is no name",
            f"write {advice}; a name is letters, digits and `_`, and starts with no digit",
        )
        self.at = end.end()

    def _name_end(self) -> None:
        group = self.stack[-1] if self.stack else None
        if group is not None and group.name is not None:
            self.brackets -= 1
            self._close(">")
            return
        named = any(opened.name is not None for opened in self.stack)
        inner = self.text[group.start] if group is not None else ""
        self._wrong(
            "BC408",
            self.at,
            self.at + 1,
            f"`>` stands before the `{inner}` inside it is closed"
            if named
            else "`>` closes no name",
            f"close the `{inner}` first" if named else "write `\\>` for the character",
        )
        self.at += 1
