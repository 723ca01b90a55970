"""Anchors, aliases and tags: what stands before a value, and what stands for one.

An alias is the node of its anchor, shared. A pattern that starts with `!`, `&` or `*` is a
tag, an anchor or an alias to YAML, often without a word of complaint: where nothing is left
as the value, the text that was written is taken as the value.
"""

from __future__ import annotations

import re
from typing import Any

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import dataclass, replace
from bcdsl.source import SourceFile, Span
from bcdsl.suggest import nearest
from bcdsl.yaml_accident.limits import DEPTH, too_deep
from bcdsl.yaml_accident.quote import quote_fix
from bcdsl.yaml_tree import Node, Scalar

TAG = "BC016"
UNKNOWN_ALIAS = "BC017"
ALIAS_IN_ITSELF = "BC018"
ANCHOR_ALONE = "BC021"
ANCHOR_UNUSED = "BC022"

# libyaml's anchors are made of these alone, and a `:` or `,` may follow without a blank
_PROPERTY = re.compile(r"(?:&[0-9A-Za-z_-]*|!\S*)(?:\s|(?<=\s)#[^\n]*)*")


@dataclass(slots=True)
class _Open:
    """An anchored collection that is not read to its end."""

    name: str
    depth: int
    count: int
    deepest: int
    used: bool = False


@dataclass(slots=True)
class _Anchored:
    node: Node
    size: int  # nodes below it, aliases replaced
    height: int  # levels of collections, its own included
    span: Span
    used: bool = False


class Anchors:
    """The anchors of one document, and how far its aliases make it grow."""

    def __init__(self, source: SourceFile, problems: list[Diagnostic]) -> None:
        self.source = source
        self.problems = problems
        self.known: dict[str, _Anchored] = {}
        self.retired: list[_Anchored] = []
        self.places: dict[str, Span] = {}
        self.open: list[_Open] = []
        self.count = 0  # nodes read so far, aliases replaced

    def begin(self) -> None:
        """Start a document: it does not see the anchors of the one before."""
        self.known.clear()
        self.retired.clear()
        self.open.clear()

    def finish(self) -> None:
        """End a document: report the anchors that nothing used."""
        for anchored in (*self.retired, *self.known.values()):
            if not anchored.used:
                self.problems.append(
                    Diagnostic(
                        code=ANCHOR_UNUSED,
                        severity=Severity.WARNING,
                        message=f"the anchor `{anchored.span.text}` is never used",
                        span=anchored.span,
                        help="remove it, or put quotes around the whole value if it is text",
                    )
                )

    def scalar(self, node: Scalar, anchor: str | None, tag: str | None) -> Scalar:
        """Return the scalar without its anchor and tag, which are noted."""
        text = self.source.text
        written = Span(self.source, node.start, node.end)
        missing = node.text == "" and node.style == ""
        if missing:
            value = replace(node, text=written.text)
        else:
            value = replace(node, start=self._skip(node.start, bool(anchor) + bool(tag)))
        if tag:
            self._tag(written, missing)
        elif missing:
            self.problems.append(_anchor_alone(written))
        if anchor:
            at = text.index("&", node.start)
            self._keep(anchor, value, 0, 0, Span(self.source, at, at + 1 + len(anchor)))
            self.known[anchor].used |= missing
        return value

    def opened(self, depth: int, event: Any, flow: bool) -> int:
        """Note what stands before a collection, and return where the collection starts."""
        start: int = event.start_mark.index
        end: int = event.end_mark.index
        anchor, tag = event.anchor, event.tag
        for outer in self.open:
            outer.deepest = max(outer.deepest, depth)
        if not anchor and not tag:
            return start
        if tag:
            self._tag(Span(self.source, start, end), False)
        if anchor:
            at = self.source.text.index("&", start)
            self.places[anchor] = Span(self.source, at, at + 1 + len(anchor))
            self.open.append(_Open(anchor, depth, self.count, depth))
        if flow:
            return end - 1
        # libyaml's mark lies before a first `- `, or behind its dash if that is not indented
        is_behind_dash = self.source.text[end - 1 : end] == "-"
        return end - 1 if is_behind_dash else end

    def closed(self, depth: int, node: Node) -> None:
        """Note that a collection is complete: from here on an alias may stand for it."""
        if self.open and self.open[-1].depth == depth:
            done = self.open.pop()
            height = done.deepest - depth + 1
            self._keep(done.name, node, self.count - done.count, height, self.places[done.name])
            self.known[done.name].used = done.used

    def alias(self, name: str, start: int, end: int, depth: int) -> Node:
        """Return what an alias stands for."""
        span = Span(self.source, start, end)
        written = Scalar(span.text, "", self.source, start, end)
        anchored = self.known.get(name)
        if around := [outer for outer in self.open if outer.name == name]:
            around[-1].used = True
            self.problems.append(_alias_in_itself(span, self.places[name]))
            return written
        if anchored is None:
            self.problems.append(_unknown_alias(span, name, self.known))
            return written
        anchored.used = True
        reached = depth + anchored.height
        if reached > DEPTH:
            self.problems.append(too_deep(self.source, start))
            return written
        for outer in self.open:
            outer.deepest = max(outer.deepest, reached)
        self.count += anchored.size
        return anchored.node

    def _keep(self, name: str, node: Node, size: int, height: int, span: Span) -> None:
        if name in self.known:  # YAML allows an anchor to be given anew
            self.retired.append(self.known[name])
        self.known[name] = _Anchored(node, size, height, span)

    def _skip(self, start: int, properties: int) -> int:
        for _ in range(properties):
            match = _PROPERTY.match(self.source.text, start)
            start = match.end() if match else start
        return start

    def _tag(self, written: Span, alone: bool) -> None:
        at = self.source.text.index("!", written.start)
        match = re.compile(r"\S*").match(self.source.text, at, max(written.end, at + 1))
        span = Span(self.source, at, match.end() if match else at + 1)
        self.problems.append(
            Diagnostic(
                code=TAG,
                message=f"`{span.text}` is a tag to YAML, and bcdsl has none",
                span=span,
                help="put quotes around the pattern" if alone else _NO_TAG,
                fix=quote_fix(span) if alone else None,
            )
        )


_NO_TAG = (
    "remove it: the key says which type its value has; "
    "if it belongs to a text, put quotes around the whole text"
)


def _anchor_alone(span: Span) -> Diagnostic:
    return Diagnostic(
        code=ANCHOR_ALONE,
        message=f"`{span.text}` is an anchor to YAML, and no value follows it",
        span=span,
        help="put quotes around it if it is text, or write the value behind it",
    )


def _alias_in_itself(span: Span, anchor: Span) -> Diagnostic:
    return Diagnostic(
        code=ALIAS_IN_ITSELF,
        message=f"`{span.text}` stands inside the value that it repeats",
        span=span,
        help=f"write the value out, or move `{anchor.text}` to a smaller part",
    )


def _unknown_alias(span: Span, name: str, known: dict[str, _Anchored]) -> Diagnostic:
    guess = nearest(name, known)
    quoted = f"put quotes around it if it is text: '{span.text}'"
    return Diagnostic(
        code=UNKNOWN_ALIAS,
        message=f"`{span.text}` is an alias to YAML, and no anchor `&{name}` stands above it",
        span=span,
        help=f"did you mean `*{guess}`? Else {quoted}" if guess else quoted,
        fix=None if guess else quote_fix(span),
    )
