"""What the reader says of a value that is not of the form wanted."""

from __future__ import annotations

from collections.abc import Iterable

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.form import Record
from bcdsl.frozen import replace
from bcdsl.place import inner
from bcdsl.source import Span
from bcdsl.suggest import nearest
from bcdsl.yaml_accident.entries import no_blank
from bcdsl.yaml_tree import Mapping, Node, Scalar

UNKNOWN_KEY = "BC100"
MISSING = "BC101"
WRONG_KIND = "BC102"
NO_NUMBER = "BC103"
NO_BOOLEAN = "BC104"
NO_CHOICE = "BC105"
NOTHING_HERE = "BC109"
TWO_KINDS = "BC110"
NEEDED = "BC111"
EMPTY_LIST = "BC112"
NO_IDENTIFIER = "BC114"

_YES = ("yes", "Yes", "YES", "on", "On", "ON", "y", "Y")
_NO = ("no", "No", "NO", "off", "Off", "OFF", "n", "N")


def kind_of(node: Node) -> str:
    """Return what a node is, in the author's words."""
    if isinstance(node, Scalar):
        return "text" if node.style else f"`{shown(node)}`"
    return "a mapping" if isinstance(node, Mapping) else "a list"


def shown(scalar: Scalar) -> str:
    """Return the text for a message: the beginning of the first line."""
    line = scalar.text.split("\n", 1)[0]
    return line if len(line) <= 40 else line[:39] + "…"


def head(node: Node) -> Span:
    """Return a short place for a node: its first line, if it has several."""
    text = node.source.text
    line_end = text.find("\n", node.start, node.end)
    return Span(node.source, node.start, node.end if line_end < 0 else line_end)


def unknown_key(key: Scalar, label: str, record: Record, node: Mapping) -> Diagnostic:
    """Say that a record has no such key; `node` is what was written."""
    known = record.elsewhere
    elsewhere = known.get(_snake(key.text))
    guess = None if elsewhere else nearest(key.text, list(record.keys))
    if not elsewhere and not guess:
        elsewhere = known.get(nearest(_snake(key.text), known) or "")
    keys = ", ".join(f"`{name}`" for name in record.keys)
    return error(
        UNKNOWN_KEY,
        f"{label} has no key `{shown(key)}`",
        key.span,
        help=elsewhere
        or (
            f"use `{guess}`"
            if guess
            else f"the keys are {keys}; a key that starts with `x-` is free"
        ),
        fix=replace_with(inner(key), guess) if guess and node.get(guess) is None else None,
    )


def _snake(name: str) -> str:
    """Return `parallelismSpec`, as Pachyderm's specs also spell it, as `parallelism_spec`."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def missing(key: Scalar) -> Diagnostic:
    """Say that nothing stands after a key."""
    return error(
        MISSING,
        f"a value is missing after `{shown(key)}:`",
        key.span,
        help="write the value, or take the line out",
    )


def missing_item(item: Scalar, label: str) -> Diagnostic:
    """Say that a list's item is empty."""
    start = max(item.start - 1, 0)
    return error(
        MISSING,
        f"{label} is empty",
        Span(item.source, start, max(item.end, start + 1)),
        help="write a value after the `-`, or take the line out",
    )


def null(node: Scalar, label: str) -> Diagnostic:
    """Say that `~` stands where nothing can be taken away."""
    return error(
        NOTHING_HERE,
        f"`{node.text}` stands for nothing, and {label} needs a value",
        node.span,
        help=f"write a value; in quotes, `{node.text}` is text",
    )


def no_mapping(node: Node, label: str, keys: Iterable[str]) -> Diagnostic:
    """Say that a value is no mapping: perhaps a blank is missing after a colon (`cpu:1`)."""
    if isinstance(node, Scalar) and not node.style:
        key, colon, value = node.text.partition(":")
        if colon and key in keys:
            return _no_blank(node, key, value)
    return error(
        WRONG_KIND,
        f"{label} takes a mapping, not {kind_of(node)}",
        head(node),
        help=f"write its keys below it, indented: {_some(keys)}",
    )


def _no_blank(node: Scalar, key: str, value: str) -> Diagnostic:
    """Say that a blank is missing behind a key; one on the line of another key wants braces too."""
    found = no_blank(Span(node.source, node.start, node.start + len(key) + 1))
    line = node.source.text[: node.start].rpartition("\n")[2]
    if not line.strip():
        return found
    whole = f"{{{key}: {value}}}"
    plain = not any(char in value for char in ",[]{}\n")
    return replace(
        found,
        help=f"write `{whole}`" if plain else "write it below, indented, with a blank",
        fix=replace_with(node.span, whole) if plain else None,
    )


def _some(names: Iterable[str]) -> str:
    """Return the first names of a list."""
    first = list(names)
    return ", ".join(f"`{name}: …`" for name in first[:3]) + (", …" if first[3:] else "")


def no_list(node: Node, label: str, wanted: str) -> Diagnostic:
    """Say that a value is no list: one value alone wants brackets."""
    if not isinstance(node, Scalar) or node.style in ("|", ">"):
        return wrong_kind(node, label, wanted)
    listed = f"[{node.span.text}]"
    plain = not node.style and any(char in node.text for char in ",[]{}")
    return error(
        WRONG_KIND,
        f"{label} takes {wanted}, not {kind_of(node)}",
        node.span,
        help="put it into brackets" if plain else f"write `{listed}`",
        fix=None if plain else replace_with(node.span, listed),
    )


def wrong_kind(node: Node, label: str, wanted: str) -> Diagnostic:
    """Say that a value is text, a list or a mapping where another was wanted."""
    return error(WRONG_KIND, f"{label} takes {wanted}, not {kind_of(node)}", head(node))


def no_number(scalar: Scalar, label: str, wanted: str) -> Diagnostic:
    """Say that a text is no whole number, or none that is allowed."""
    found = f"`{shown(scalar)}`" + (" in quotes" if scalar.style else "")
    bare = scalar.style != "" and scalar.text.isdecimal()
    return error(
        NO_NUMBER,
        f"{label} takes {wanted}, not {found}",
        scalar.span,
        help=f"write `{scalar.text}`" if bare else None,
        fix=replace_with(scalar.span, scalar.text) if bare else None,
    )


def no_boolean(scalar: Scalar, label: str, only: bool | None) -> Diagnostic:
    """Say that a text is neither `true` nor `false`, or not the one of them that is taken."""
    wanted = "`true` or `false`" if only is None else f"`{str(only).lower()}`"
    meant = _meant(scalar)
    quoted = " in quotes" if scalar.style else ""
    message = f"{label} takes {wanted}, not `{shown(scalar)}`{quoted}"
    if only is not None and meant == str(not only).lower():
        return error(NO_BOOLEAN, message, scalar.span, help="take the key out")
    return error(
        NO_BOOLEAN,
        message,
        scalar.span,
        help=f"write `{meant}`" if meant else None,
        fix=replace_with(scalar.span, meant) if meant else None,
    )


def _meant(scalar: Scalar) -> str | None:
    if scalar.text in _YES or scalar.text.lower() == "true":
        return "true"
    if scalar.text in _NO or scalar.text.lower() == "false":
        return "false"
    return None


def no_choice(scalar: Scalar, label: str, values: tuple[str, ...]) -> Diagnostic:
    """Say that a text is none of the words wanted."""
    words = [f"`{value}`" for value in values]
    listed = words[0] if len(words) == 1 else ", ".join(words[:-1]) + " or " + words[-1]
    guess = nearest(scalar.text, values)
    return error(
        NO_CHOICE,
        f"{label} takes {listed}, not `{shown(scalar)}`",
        scalar.span,
        help=f"write `{guess}`" if guess else None,
        fix=replace_with(inner(scalar), guess) if guess else None,
    )


def two_kinds(first: Scalar, second: Scalar, record: str) -> Diagnostic:
    """Say that two alternatives are written at once."""
    return error(
        TWO_KINDS,
        f"{record} has `{first.text}` or `{second.text}`, not both",
        second.span,
        help="take one of the two out",
    )


def needed(place: Span, record: str, key: str, wanted: str | None = None) -> Diagnostic:
    """Say that a record lacks a key that it needs."""
    return error(NEEDED, f"{record} needs `{key}`", place, help=f"write `{key}: {wanted or '…'}`")


def empty_list(node: Node, label: str, wanted: str) -> Diagnostic:
    """Say that a list without items stands where it would mean nothing."""
    return error(
        EMPTY_LIST,
        f"{label} takes {wanted}, and this is empty",
        head(node),
        help="write at least one, or take the key out",
    )


def no_identifier(key: Scalar, what: str) -> Diagnostic:
    """Say that a name cannot stand between `<` and `>`."""
    return error(
        NO_IDENTIFIER,
        f"`{shown(key)}` cannot be {what}",
        key.span,
        help="a name is made of letters, digits and `_`, and starts with no digit",
    )
