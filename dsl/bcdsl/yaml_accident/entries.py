"""The entries of a mapping that is not as it should be: what is kept, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence as Items

from bcdsl.diagnostic import Diagnostic, Edit, Fix, Label
from bcdsl.source import Span
from bcdsl.yaml_accident.comma_in_brackets import comma_in_brackets, depth
from bcdsl.yaml_tree import Mapping, Node, Scalar, Sequence

DUPLICATE = "BC013"
KEY_NOT_TEXT = "BC014"
MERGE = "BC015"
NO_BLANK = "BC025"

Entry = tuple[Scalar, Node]


def entries_of(
    keys: Items[Node], values: Items[Node], problems: list[Diagnostic]
) -> tuple[Entry, ...]:
    """Return entries with unique text keys; of two equal keys the first is kept."""
    first: dict[str, Entry] = {}
    merged: list[Node] = []
    for key, value in zip(keys, values, strict=True):
        if not isinstance(key, Scalar):
            problems.append(_key_not_text(key))
        elif key.text == "<<" and key.style == "":
            problems.append(_merge_key(key))
            merged += value.items if isinstance(value, Sequence) else (value,)
        elif key.text in first:
            problems.append(_duplicate(key, first[key.text][0]))
        else:
            first[key.text] = (key, value)
    for part in merged:
        for name, value in part.entries if isinstance(part, Mapping) else ():
            first.setdefault(name.text, (name, value))
    return tuple(first.values())


def flow_entries(
    keys: list[Node], values: list[Node], problems: list[Diagnostic]
) -> tuple[list[Node], list[Node]]:
    """Repair a mapping in braces in which a key has no value.

    `{cpu:1}` has a key `cpu:1`; `{a: r:/@(x,y)}` has a key `y)`.
    """
    good_keys: list[Node] = []
    good_values: list[Node] = []
    for key, value in zip(keys, values, strict=True):
        alone = isinstance(value, Scalar) and value.missing
        before = good_values[-1] if good_values else None
        if alone and before is not None and depth(before) > 0 > depth(key):
            span = Span(before.source, before.start, key.end)
            problems.append(comma_in_brackets(span))
            good_values[-1] = Scalar(span.text, "", before.source, before.start, key.end)
            continue
        if alone and isinstance(key, Scalar) and key.style == "" and ":" in key.text[1:-1]:
            key, value = _split(key, problems)
        good_keys.append(key)
        good_values.append(value)
    return good_keys, good_values


def _split(key: Scalar, problems: list[Diagnostic]) -> tuple[Scalar, Scalar]:
    """Read `cpu:1` as `cpu: 1`."""
    colon = key.text.index(":", 1)
    at = key.start + colon
    span = Span(key.source, key.start, at + 1)
    problems.append(no_blank(span))
    source = key.source
    return (
        Scalar(key.text[:colon], "", source, key.start, at),
        Scalar(key.text[colon + 1 :].lstrip(), "", source, at + 1, key.end),
    )


def no_blank(span: Span) -> Diagnostic:
    """Return the problem of a key whose colon is followed by no blank; the span ends after it."""
    after = Span(span.source, span.end, span.end)
    key = " ".join(span.text.split())
    return Diagnostic(
        code=NO_BLANK,
        message=f"a blank is missing after `{key}`",
        span=span,
        help=f"write `{key} `, then the value: without the blank YAML reads one text",
        fix=Fix("insert the blank", (Edit(after, " "),)),
    )


def _duplicate(key: Scalar, first: Scalar) -> Diagnostic:
    return Diagnostic(
        code=DUPLICATE,
        message=f"the key `{key.text}` stands twice",
        span=key.span,
        labels=(Label(first.span, "first written here"),),
        help="remove one of the two, or put their values together",
    )


def _merge_key(key: Scalar) -> Diagnostic:
    return Diagnostic(
        code=MERGE,
        message="bcdsl has no merge key `<<`",
        span=key.span,
        help="put what is shared under `defaults` or in a hardware class with `extends`, "
        "or write the keys out",
    )


def _key_not_text(key: Node) -> Diagnostic:
    template = key.source.text[max(key.start - 1, 0) : key.start + 1] == "{{"
    if template:
        help_ = "put quotes around `{{ … }}`; bcdsl fills in `<name>`, a parameter, instead"
    else:
        help_ = "write a text before the `:`; put quotes around it if it is meant as text"
    return Diagnostic(
        code=KEY_NOT_TEXT,
        message=f"a key is a text, not a {'list' if isinstance(key, Sequence) else 'mapping'}",
        span=key.span,
        help=help_,
    )
