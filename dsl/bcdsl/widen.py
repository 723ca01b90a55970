"""Short forms to long ones, so that one mapping can be laid over another."""

from __future__ import annotations

from bcdsl.form import Either, Form, Inputs, MapOf, Names, Record, Short
from bcdsl.input_kind import InputKind, input_kind
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence


def widen(node: Node, form: Form) -> Node:
    """Return the node with every short form in it written out; what is long already stays."""
    if isinstance(form, Record):
        if isinstance(node, Mapping):
            keys = form.keys
            return _each(
                node, [keys[k.text].form if k.text in keys else None for k, _ in node.entries]
            )
    elif isinstance(form, MapOf):
        if isinstance(node, Mapping):
            return _each(node, [form.value] * len(node.entries))
    elif isinstance(form, Short):
        return _short(node, form)
    elif isinstance(form, Names):
        return _names(node, form)
    elif isinstance(form, Either):
        for option in form.options:
            if isinstance(option, Record) and isinstance(node, Mapping):
                return widen(node, option)
    elif isinstance(form, Inputs):
        return widen_inputs(node)
    return node


def _each(node: Mapping, forms: list[Form | None]) -> Mapping:
    """Widen the values of a mapping; the same mapping, if nothing in it is short."""
    entries = []
    changed = False
    for (key, value), form in zip(node.entries, forms, strict=True):
        wide = value if form is None else widen(value, form)
        changed = changed or wide is not value
        entries.append((key, wide))
    return _with(node, entries) if changed else node


def _with(node: Mapping, entries: list[tuple[Scalar, Node]]) -> Mapping:
    return Mapping(tuple(entries), node.flow, node.source, node.start, node.end)


def _short(node: Node, form: Short) -> Node:
    if isinstance(node, Mapping):
        return widen(node, form.long)
    if isinstance(node, Scalar) and (node.missing or (node.null and not form.null)):
        return node
    return under_key(form.key, node)


def under_key(key: str, node: Node) -> Mapping:
    """Return a mapping that holds one value; it stands where the value stands."""
    name = Scalar(key, "", node.source, node.start, node.start)
    return Mapping(((name, node),), True, node.source, node.start, node.end)


def _names(node: Node, form: Names) -> Node:
    if isinstance(node, Mapping):
        return _each(node, [form.value] * len(node.entries))
    if not isinstance(node, Sequence):
        return node
    names = [item for item in node.items if isinstance(item, Scalar)]
    known = {name.text for name in names}
    if len(known) != len(node.items) or any(name.null or name.missing for name in names):
        return node  # the reader says what is wrong with it
    entries = [(name, Mapping((), True, name.source, name.start, name.end)) for name in names]
    return Mapping(tuple(entries), node.flow, node.source, node.start, node.end)


def widen_inputs(node: Node) -> Node:
    """Return what stands under `from`, or under an operator, with bare refs as `{of: ref}`."""
    kind = input_kind(node)
    if kind is InputKind.REF:
        return under_key("of", node)
    if not isinstance(node, Mapping) or kind is InputKind.LEAF:
        return node
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if kind is InputKind.NAMES:
            bare = input_kind(value) is InputKind.REF
            entries.append((key, under_key("of", value) if bare else value))
        else:
            entries.append((key, value if key.text == "each" else widen_inputs(value)))
    same = all(old[1] is new[1] for old, new in zip(node.entries, entries, strict=True))
    return node if same else _with(node, entries)
