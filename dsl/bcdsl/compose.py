"""From the text of a YAML file to nodes with places: the only door to the YAML library.

The nodes are made straight from libyaml's events, in one pass and without recursion: the
library's own `compose` follows the nesting of the text with the C stack, so that a file of
brackets ends the process. Nothing is typed here: a scalar is its text.

An accident that YAML itself takes silently (a tag, a comma that splits a pattern, a merge
key) is reported, and the tree then holds what was meant, so that one mistake is one report.
"""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bcdsl.diagnostic import Diagnostic
from bcdsl.frozen import dataclass
from bcdsl.source import SourceFile
from bcdsl.yaml_accident.comma_in_brackets import joined_again, may_split
from bcdsl.yaml_accident.empty_file import empty_file
from bcdsl.yaml_accident.entries import entries_of, flow_entries
from bcdsl.yaml_accident.limits import DEPTH, NODES, too_deep, too_many
from bcdsl.yaml_accident.marks import Anchors
from bcdsl.yaml_accident.silent import silent_accidents
from bcdsl.yaml_accident.trouble import Trouble
from bcdsl.yaml_accident.unreadable import unreadable
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

# a PyYAML built without libyaml has only the second: ten times slower, the same events
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLOCK = "|>"
_TEXT = attrgetter("text")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The documents of a file that could be read, and what is wrong with the file."""

    documents: tuple[Node, ...]
    problems: tuple[Diagnostic, ...]


def compose(source: SourceFile) -> Composed:
    """Read every document of a YAML text; a document with a syntax error is left out."""
    problems = unreadable(source)
    if problems:
        return Composed(documents=(), problems=problems)
    return _Composer(source).run()


class _LimitError(Exception):
    """A limit is passed; the problem is already noted."""


class _Scalar:
    """A scalar while it is made.

    A frozen dataclass sets each field through `object.__setattr__`, which takes as long as
    libyaml takes for the whole event. This class has the same slots and turns into `Scalar`.
    """

    __slots__ = ("end", "source", "start", "style", "text")

    def __init__(self, text: str, style: str, source: SourceFile, start: int, end: int) -> None:
        self.text = text
        self.style = style
        self.source = source
        self.start = start
        self.end = end


class _Composer:
    def __init__(self, source: SourceFile) -> None:
        self.source = source
        self.problems: list[Diagnostic] = []
        self.documents: list[Node] = []
        self.anchors = Anchors(source, self.problems)
        self.last: Scalar | None = None  # the node read last, if it is a scalar
        self.splits = may_split(source.text)

    def run(self) -> Composed:
        # a byte order mark may stand first; a line end in its place keeps every offset
        text = self.source.text
        loader = _Loader("\n" + text[1:] if text[:1] == "\ufeff" else text)
        try:
            self.read(loader)
        except yaml.MarkedYAMLError as error:
            from bcdsl.yaml_accident.syntax_error import explain  # only what fails needs it

            found = explain(self.trouble(error))
            self.problems = [one for one in self.problems if not _same_place(one, found)]
            self.problems.append(found)
        except _LimitError:
            pass
        else:
            if not self.documents:
                self.problems.append(empty_file(self.source))
        finally:
            loader.dispose()
        self.problems += silent_accidents(self.source, self.documents)
        return Composed(documents=tuple(self.documents), problems=tuple(self.problems))

    def trouble(self, error: yaml.MarkedYAMLError) -> Trouble:
        mark, context = error.problem_mark, error.context_mark
        size = len(self.source.text)
        at = min(mark.index, size) if mark else 0
        return Trouble(
            source=self.source,
            problem=str(error.problem or ""),
            context=str(error.context or ""),
            at=at,
            since=min(context.index, size) if context else at,
            last=self.last,
        )

    def read(self, loader: Any) -> None:
        """Turn events into nodes.

        One long loop on local names: it runs once for each thing written in the file. `end`
        is where the node read last ends; a block collection ends there too, since libyaml's
        own end mark lies behind the comments that follow.
        """
        source, anchors = self.source, self.anchors
        next_event = loader.get_event
        marked = "&" in source.text or "!" in source.text
        stack: list[tuple[list[Any], int, bool]] = []
        items: list[Any] = []
        append = items.append
        start = end = 0
        flow = False
        node: Any = None
        last: Scalar | None = None
        try:
            for _ in repeat(None, NODES):
                event = next_event()
                kind = type(event)
                if kind is ScalarEvent:
                    end = event.end_mark.index
                    style = event.style or ""
                    if style and style in _BLOCK:
                        end = _text_end(source.text, event.start_mark.index, end)
                    node = _Scalar(event.value, style, source, event.start_mark.index, end)
                    node.__class__ = Scalar
                    if marked and (event.anchor or event.tag):
                        node = anchors.scalar(node, event.anchor, event.tag)
                    append(node)
                    last = node
                elif kind is MappingStartEvent or kind is SequenceStartEvent:
                    stack.append((items, start, flow))
                    start = event.start_mark.index
                    flow = event.flow_style
                    if len(stack) > DEPTH:
                        self.stop(too_deep(source, start))
                    if marked:
                        start = anchors.opened(len(stack), event, flow)
                    items = []
                    append = items.append
                elif kind is MappingEndEvent or kind is SequenceEndEvent:
                    if flow and event.end_mark.index > event.start_mark.index:
                        end = event.end_mark.index  # `[a: b]` holds a mapping without braces
                    make = self.mapping if kind is MappingEndEvent else self.sequence
                    node = make(items, flow, start, end)
                    anchors.count += len(items)
                    if anchors.open:
                        anchors.closed(len(stack), node)
                    if anchors.count > NODES:
                        self.stop(too_many(source, start, end))
                    items, start, flow = stack.pop()
                    append = items.append
                    append(node)
                    last = None
                elif kind is AliasEvent:
                    end = event.end_mark.index
                    append(anchors.alias(event.anchor, event.start_mark.index, end, len(stack)))
                    last = None
                elif kind is DocumentStartEvent:
                    anchors.begin()
                    items = []
                    append = items.append
                elif kind is DocumentEndEvent:
                    anchors.finish()
                    self.documents.append(items[0])
                elif event is None:
                    return
        finally:
            self.last = last
        self.stop(too_many(source, end, end))

    def mapping(self, items: list[Any], flow: bool, start: int, end: int) -> Mapping | Scalar:
        keys, values = items[::2], items[1::2]
        if flow:
            for value in values:
                if value.start == value.end:
                    keys, values = flow_entries(keys, values, self.problems)
                    break
        try:
            names = set(map(_TEXT, keys))
            good = len(names) == len(keys) and "<<" not in names
        except AttributeError:  # a key is no scalar
            good = False
        if good:
            entries = tuple(zip(keys, values, strict=True))
        else:
            entries = entries_of(keys, values, self.problems)
            text = self.source.text[start:end]
            if text.startswith("{{"):  # a template, now reported: the text that was meant
                return Scalar(text, "", self.source, start, end)
        return Mapping(entries, flow, self.source, start, end)

    def sequence(self, items: list[Any], flow: bool, start: int, end: int) -> Sequence:
        if flow and self.splits:
            items = joined_again(items, self.problems)
        return Sequence(tuple(items), flow, self.source, start, end)

    def stop(self, problem: Diagnostic) -> None:
        self.problems.append(problem)
        raise _LimitError


def _same_place(left: Diagnostic, right: Diagnostic) -> bool:
    """Say whether two findings start at one place: `*b c` is a wrong alias, then a wrong value."""
    return bool(left.span and right.span and left.span.start == right.span.start)


def _text_end(text: str, start: int, end: int) -> int:
    """Return where the last line of a `|` or `>` text ends: libyaml goes on over blank lines."""
    return start + len(text[start:end].rstrip())


@dataclass(frozen=True, slots=True)
class Token:
    """A token of YAML: `kind` is libyaml's word (`Key`, `Scalar`, `FlowEntry`, …).

    Where only the structure changes (`BlockMappingStart`, `BlockEnd`, a `Key` without `?`)
    `start` and `end` are equal.
    """

    kind: str
    start: int
    end: int
    style: str


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text that `compose` read without a syntax error."""
    loader = _Loader(text)
    found = []
    while (token := loader.get_token()) is not None:
        kind = type(token).__name__.removesuffix("Token")
        style = getattr(token, "style", None) or ""
        found.append(Token(kind, token.start_mark.index, token.end_mark.index, style))
    loader.dispose()
    return found
