"""One mapping laid over another: the only way in which a document is put together.

Mappings merge key by key, everything else replaces. A written `~` replaces too, and stands for
nothing from then on; so it takes away what lies under it, however deep. Both sides are widened
already, and every value keeps the place at which it was written.
"""

from __future__ import annotations

from collections.abc import Callable

from bcdsl.form import Either, Form, Inputs, MapOf, Names, Raw, Record, Short
from bcdsl.input_kind import InputKind, input_kind
from bcdsl.keys.inputs import LEAF
from bcdsl.yaml_tree import Mapping, Node, Scalar

Lay = Callable[[str, Node, Node], Node]


def overlay(under: Node, over: Node, form: Form) -> Node:
    """Return `over` laid over `under`, two values of one form."""
    if not isinstance(under, Mapping) or not isinstance(over, Mapping):
        return over
    if isinstance(form, Either):
        for option in form.options:
            if isinstance(option, Record | MapOf):
                return overlay(under, over, option)
        return over
    if isinstance(form, Short):
        return _record(under, over, form.long)
    if isinstance(form, Record):
        return _record(under, over, form)
    if isinstance(form, MapOf | Names):
        value = form.value
        return merge(under, over, lambda _, low, high: overlay(low, high, value))
    if isinstance(form, Inputs):
        return _inputs(under, over)
    if isinstance(form, Raw):
        return merge(under, over, lambda _, low, high: overlay(low, high, form))
    return over


def merge(under: Mapping, over: Mapping, lay: Lay) -> Mapping:
    """Return the entries of both; a value that both have is laid over with `lay`."""
    if not over.entries:
        return under
    if not under.entries:
        return over
    entries = {key.text: (key, value) for key, value in under.entries}
    for key, value in over.entries:
        old = entries.get(key.text)
        if old is None:
            entries[key.text] = (key, value)
        else:
            laid = lay(key.text, old[1], value)
            entries[key.text] = (key if laid is value else old[0], laid)
    return Mapping(tuple(entries.values()), over.flow, over.source, over.start, over.end)


def _record(under: Mapping, over: Mapping, form: Record) -> Mapping:
    for group in form.exclusive:
        chosen = _written(over, group)
        gone = _written(under, group) - chosen
        if chosen and gone:
            if form.whole:
                return over
            kept = tuple((key, value) for key, value in under.entries if key.text not in gone)
            under = Mapping(kept, under.flow, under.source, under.start, under.end)
    keys = form.keys

    def lay(key: str, low: Node, high: Node) -> Node:
        return overlay(low, high, keys[key].form) if key in keys else high

    return merge(under, over, lay)


def _written(node: Mapping, group: tuple[str, ...]) -> set[str]:
    """Return the keys of a group of alternatives that have a value."""
    return {
        key.text
        for key, value in node.entries
        if key.text in group and not (isinstance(value, Scalar) and value.null)
    }


def _inputs(under: Mapping, over: Mapping) -> Node:
    kind = input_kind(over)
    if input_kind(under) is not kind:
        return over
    if kind is InputKind.LEAF:
        return _record(under, over, LEAF)
    if kind is InputKind.NAMES:
        return merge(under, over, _named)
    return merge(under, over, _operand)


def _named(_: str, under: Node, over: Node) -> Node:
    if isinstance(under, Mapping) and isinstance(over, Mapping):
        return _record(under, over, LEAF)
    return over


def _operand(key: str, under: Node, over: Node) -> Node:
    if key != "each" and isinstance(under, Mapping) and isinstance(over, Mapping):
        return _inputs(under, over)
    return over
