"""Nodes to the document as written, along the table of keys."""

from __future__ import annotations

import re
from collections.abc import Callable

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.form import (
    Boolean,
    Either,
    Enum,
    Form,
    Inputs,
    Integer,
    ListOf,
    MapOf,
    Names,
    OneOrMany,
    Raw,
    Record,
    Short,
    Text,
)
from bcdsl.read import wrong
from bcdsl.source import Spanned
from bcdsl.syntax import Fields, InputsSyntax, Listed, Pairs, Value
from bcdsl.widen import widen
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

_DIGITS = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_TRUE = ("true", "True", "TRUE")
_FALSE = ("false", "False", "FALSE")

ReadInputs = Callable[["Reader", Node, str], InputsSyntax]


class Reader:
    """One reading; `problems` grows. `partial`: what an overlay would fill may be missing.

    A node is read once as one record, however often it is met: classes and defaults lie under
    many stages.
    """

    def __init__(self, inputs: ReadInputs, *, partial: bool = False) -> None:
        self.inputs = inputs
        self.partial = partial
        self.problems: list[Diagnostic] = []
        self.known: dict[tuple[int, int], Fields] = {}

    def read(self, node: Node, form: Form, label: str) -> Value | None:
        """Return the value, or None if the node is not of the form; `label` names it."""
        if isinstance(form, Text):
            return self._text(node, form, label)
        if isinstance(form, Record):
            return self.record(node, form, label)
        if isinstance(form, Integer):
            return self._integer(node, form, label)
        if isinstance(form, Boolean):
            return self._boolean(node, form, label)
        if isinstance(form, Enum):
            return self._enum(node, form, label)
        if isinstance(form, ListOf):
            return self._list(node, form, label)
        if isinstance(form, OneOrMany):
            return self._many(node, form, label)
        if isinstance(form, MapOf):
            return self._pairs(node, form, label)
        if isinstance(form, Names):
            return self._names(node, form, label)
        if isinstance(form, Short):
            return self._short(node, form, label)
        if isinstance(form, Either):
            return self._either(node, form, label)
        if isinstance(form, Inputs):
            return self.inputs(self, node, label)
        assert isinstance(form, Raw)
        return self._raw(node, label)

    def wrong(self, problem: Diagnostic) -> None:
        """Note a problem."""
        self.problems.append(problem)

    # --- scalars ---

    def _scalar(self, node: Node, label: str, wanted: str) -> Scalar | None:
        if not isinstance(node, Scalar):
            self.wrong(wrong.wrong_kind(node, label, wanted))
            return None
        if node.missing:
            self.wrong(wrong.missing_item(node, label))
            return None
        if node.null:
            self.wrong(wrong.null(node, label))
            return None
        return node

    def _text(self, node: Node, form: Text, label: str) -> Scalar | None:
        return self._scalar(node, label, form.what)

    def _integer(self, node: Node, form: Integer, label: str) -> Spanned[int] | None:
        wanted = _whole_number(form)
        scalar = self._scalar(node, label, wanted)
        if scalar is None:
            return None
        if scalar.style or not _DIGITS.fullmatch(scalar.text) or len(scalar.text) > 20:
            self.wrong(wrong.no_number(scalar, label, wanted))
            return None
        value = int(scalar.text)
        low, high = form.minimum, form.maximum
        if (low is not None and value < low) or (high is not None and value > high):
            self.wrong(wrong.no_number(scalar, label, wanted))
            return None
        return Spanned(value, scalar.span)

    def _boolean(self, node: Node, form: Boolean, label: str) -> Spanned[bool] | None:
        wanted = "`true` or `false`" if form.only is None else f"`{str(form.only).lower()}`"
        scalar = self._scalar(node, label, wanted)
        if scalar is None:
            return None
        value = None
        if not scalar.style and scalar.text in _TRUE:
            value = True
        elif not scalar.style and scalar.text in _FALSE:
            value = False
        if value is None or (form.only is not None and value is not form.only):
            self.wrong(wrong.no_boolean(scalar, label, form.only))
            return None
        return Spanned(value, scalar.span)

    def _enum(self, node: Node, form: Enum, label: str) -> Scalar | None:
        scalar = self._scalar(node, label, "one of a few words")
        if scalar is not None and scalar.text not in form.values:
            self.wrong(wrong.no_choice(scalar, label, form.values))
            return None
        return scalar

    # --- lists ---

    def _list(self, node: Node, form: ListOf, label: str) -> Listed | None:
        if not isinstance(node, Sequence):
            if self._scalar_or_not(node, label):
                self.wrong(wrong.no_list(node, label, form.what))
            return None
        if len(node.items) < form.minimum:
            self.wrong(wrong.empty_list(node, label, form.what))
            return None
        return self._items(node, form.item, label)

    def _scalar_or_not(self, node: Node, label: str) -> bool:
        """Tell whether a node is more than an empty value or a `~`, which get their own words."""
        return not isinstance(node, Scalar) or self._scalar(node, label, "") is not None

    def _items(self, node: Sequence, form: Form, label: str) -> Listed | None:
        values = []
        for item in node.items:
            value = self.read(item, form, f"an item of {label}")
            if value is None:
                continue
            values.append(value)
        return Listed(tuple(values), node) if len(values) == len(node.items) else None

    def _many(self, node: Node, form: OneOrMany, label: str) -> Listed | None:
        if isinstance(node, Sequence):
            return self._items(node, form.item, label)
        if isinstance(node, Mapping):
            self.wrong(wrong.wrong_kind(node, label, form.what))
            return None
        value = self.read(node, form.item, label)
        return None if value is None else Listed((value,), node)

    # --- mappings ---

    def _pairs(self, node: Node, form: MapOf, label: str) -> Pairs | None:
        if not isinstance(node, Mapping):
            if self._scalar_or_not(node, label):
                self.wrong(wrong.wrong_kind(node, label, "a mapping"))
            return None
        entries = []
        sound = True
        for key, value in node.entries:
            if form.identifiers and not _IDENTIFIER.fullmatch(key.text):
                self.wrong(wrong.no_identifier(key, form.key))
                sound = False
            if isinstance(value, Scalar):
                if value.missing:
                    self.wrong(wrong.missing(key))
                    sound = False
                    continue
                if value.null:
                    continue
            read = self.read(value, form.value, f"{the(form.key)} `{wrong.shown(key)}`")
            if read is None:
                sound = False
            else:
                entries.append((key, read))
        whole = sound or isinstance(form.value, Record | Short)
        return Pairs(tuple(entries), node) if whole else None

    def _names(self, node: Node, form: Names, label: str) -> Pairs | None:
        if isinstance(node, Sequence):
            return self._name_list(node, form, label)
        if isinstance(node, Scalar):
            if self._scalar_or_not(node, label):
                self.wrong(wrong.no_list(node, label, "a list of names, or a mapping"))
            return None
        return self._pairs(node, MapOf(form.key, form.value), label)

    def _name_list(self, node: Sequence, form: Names, label: str) -> Pairs | None:
        """Read a list of names that does not widen: say why not."""
        seen: dict[str, Scalar] = {}
        for item in node.items:
            name = self._scalar(item, f"an item of {label}", form.key)
            if name is None:
                continue
            if name.text in seen:
                self.wrong(
                    error(
                        wrong.TWO_KINDS,
                        f"`{name.text}` stands twice in {label}",
                        name.span,
                        help="take one of the two out",
                    )
                )
            seen.setdefault(name.text, name)
        wide = Sequence(tuple(seen.values()), node.flow, node.source, node.start, node.end)
        mapping = widen(wide, form)
        return self._pairs(mapping, MapOf(form.key, form.value), label)

    def _short(self, node: Node, form: Short, label: str) -> Fields | None:
        wide = widen(node, form)
        if not isinstance(wide, Mapping):
            self._scalar_or_not(node, label)
            return None
        return self.record(wide, form.long, label)

    def _either(self, node: Node, form: Either, label: str) -> Value | None:
        for option in form.options:
            if _has_shape(node, option):
                return self.read(node, option, label)
        if self._scalar_or_not(node, label):
            self.wrong(wrong.wrong_kind(node, label, form.what))
        return None

    def _raw(self, node: Node, label: str) -> Mapping | None:
        if isinstance(node, Mapping):
            before = len(self.problems)
            self._nothing_missing(node, label)
            return node if len(self.problems) == before else None
        if self._scalar_or_not(node, label):
            self.wrong(wrong.wrong_kind(node, label, "a mapping of raw fields"))
        return None

    def _nothing_missing(self, node: Node, label: str) -> None:
        """Note each empty value among raw fields."""
        if isinstance(node, Mapping):
            for key, value in node.entries:
                if isinstance(value, Scalar) and value.missing:
                    self.wrong(wrong.missing(key))
                else:
                    self._nothing_missing(value, f"`{key.text}`")
        elif isinstance(node, Sequence):
            for item in node.items:
                if isinstance(item, Scalar) and item.missing:
                    self.wrong(wrong.missing_item(item, f"an item of {label}"))
                else:
                    self._nothing_missing(item, f"an item of {label}")

    def record(self, node: Node, form: Record, label: str) -> Fields | None:
        """Return a record with the keys that could be read; None if the node is no mapping."""
        if not isinstance(node, Mapping):
            if self._scalar_or_not(node, label):
                self.wrong(wrong.no_mapping(node, label, form.keys))
            return None
        known = self.known.get((id(node), id(form)))
        if known is None:
            known = self._record(node, form, label)
            self.known[id(node), id(form)] = known
        return known

    def _record(self, node: Mapping, form: Record, label: str) -> Fields:
        keys = form.keys
        values: dict[str, Value] = {}
        sound = True
        written: dict[str, Scalar] = {}
        for name, value_node in node.entries:
            text = name.text
            key = keys.get(text)
            if key is None:
                if not text.startswith("x-") and not self._of_another_kind(text, form):
                    self.wrong(wrong.unknown_key(name, label, form, node))
                    sound = False
                continue
            if isinstance(value_node, Scalar):
                if value_node.missing:
                    self.wrong(wrong.missing(name))
                    sound = False
                    continue
                if value_node.null:
                    continue
            written[text] = name
            short = name.start == name.end  # the key of a short form, which nobody wrote
            value = self.read(value_node, key.form, label if short else f"`{text}`")
            if value is None:
                sound = False
            else:
                values[text] = value
                if isinstance(value, Fields) and not value.sound:
                    sound = False
        if form.exclusive and not self._one_of_each(written, form, label):
            sound = False
        if form.needed and not self.partial:
            for text in form.needed:
                if text not in written and sound:
                    self.wrong(wrong.needed(wrong.head(node), label, text))
                    sound = False
        return Fields(node, values, sound)

    def _of_another_kind(self, key: str, form: Record) -> bool:
        """Tell whether a key is the other alternative of a record that is replaced whole."""
        return form.whole and any(key in group for group in form.exclusive)

    def _one_of_each(self, written: dict[str, Scalar], form: Record, label: str) -> bool:
        for group in form.exclusive:
            both = [written[key] for key in group if key in written]
            if len(both) > 1:
                both.sort(key=lambda key: key.start)
                self.wrong(wrong.two_kinds(both[0], both[1], label))
                return False
        return True


def _has_shape(node: Node, form: Form) -> bool:
    if isinstance(form, Record | MapOf):
        return isinstance(node, Mapping)
    if isinstance(form, ListOf):
        return isinstance(node, Sequence)
    if not isinstance(node, Scalar):
        return False
    return not isinstance(form, Boolean) or (not node.style and node.text in _TRUE + _FALSE)


def the(what: str) -> str:
    """Return `a stage` as `the stage`."""
    return "the " + what.partition(" ")[2]


def _whole_number(form: Integer) -> str:
    if form.minimum is not None and form.maximum is not None and form.maximum < 2**62:
        return f"a whole number from {form.minimum} to {form.maximum}"
    if form.minimum is not None and form.minimum > -(2**62):
        return f"a whole number of at least {form.minimum}"
    return "a whole number"
