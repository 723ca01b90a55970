"""What may be written as a value, as JSON Schema.

Draft-07 and the keywords that yaml-language-server shows well. A value that may be a scalar, a
list or a mapping is told apart by `if` and `then`: editors then give the message of the branch
that was meant, where `anyOf` would give that of the first.
"""

from __future__ import annotations

from typing import Any, TypeAlias

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

Schema: TypeAlias = dict[str, Any]

IDENTIFIER = "^[A-Za-z_][A-Za-z0-9_]*$"
_WHOLE = "a whole number"
TEXT_TYPES = ("string", "number", "boolean")  # a scalar is the text that was written

EXTENSIONS: Schema = {"^x-": True}  # keys that are free


def reference(name: str) -> Schema:
    """Return a reference to a definition, which takes `~` too."""
    return {"$ref": f"#/definitions/{name.replace(' ', '_')}"}


def value_of(form: Form) -> Schema:
    """Return the schema of a value under a key, where `~` removes what an overlay laid there."""
    if isinstance(form, Record | Inputs | Raw):
        return _whole(form)
    return _told_apart(shapes(form), null=True)


def item_of(form: Form) -> Schema:
    """Return the schema of an item of a list, where `~` says nothing."""
    if isinstance(form, Record):
        return {"if": {"type": "object"}, "then": _whole(form), "else": {"type": "object"}}
    return _told_apart(shapes(form), null=False)


def shapes(form: Form) -> dict[str, Schema]:
    """Return the schemas of a form by the JSON type that tells them apart ("" for scalars)."""
    match form:
        case Text():
            examples = {"examples": list(form.examples)} if form.examples else {}
            return {
                "": {"title": form.what, "type": list(TEXT_TYPES), **examples} | _wanted(form.what)
            }
        case Integer():
            limits = {"minimum": form.minimum, "maximum": form.maximum}
            kept = {key: limit for key, limit in limits.items() if limit is not None}
            return {"": {"title": _WHOLE, "type": ["integer"], **kept} | _wanted(_WHOLE)}
        case Boolean():
            only = {} if form.only is None else {"enum": [form.only]}
            words = "true or false" if form.only is None else str(form.only).lower()
            return {"": {"title": words, "type": ["boolean"], **only} | _wanted(words)}
        case Enum():
            words = "one of " + ", ".join(form.values)
            return {"": {"type": ["string"], "enum": list(form.values)} | _wanted(words)}
        case ListOf():
            least = {"minItems": form.minimum} if form.minimum else {}
            return {"array": _list(form.what, form.item) | least}
        case OneOrMany():
            return shapes(form.item) | {"array": _list(form.what, form.item)}
        case MapOf():
            return {"object": _mapping(form)}
        case Names():
            names = _list("a list of names", Text(form.key)) | {"uniqueItems": True}
            return {"array": names, "object": _mapping(MapOf(form.key, form.value))}
        case Record() | Inputs() | Raw():
            return {"object": _whole(form)}
        case Short():
            return shapes(form.short) | {"object": _whole(form.long)}
        case Either():
            return _merged([shapes(option) for option in form.options])


def _whole(form: Record | Inputs | Raw) -> Schema:
    match form:
        case Record():
            return reference(form.name)
        case Inputs():
            return reference("inputs")
        case Raw():
            return reference("raw fields")


def _list(what: str, item: Form) -> Schema:
    return {"title": what, "type": ["array"], "items": item_of(item)} | _wanted(what)


def _wanted(what: str) -> Schema:
    """Return the message of editors for a value of the wrong kind, without "or null"."""
    return {"errorMessage": f"{what} is wanted here"}


def _mapping(form: MapOf) -> Schema:
    """Return the schema of a mapping from the author's own names."""
    node: Schema = {"type": ["object"], "additionalProperties": value_of(form.value)}
    node |= {"title": f"a mapping from {form.key}"} | _wanted("a mapping")
    if form.identifiers:
        node["propertyNames"] = {
            "type": "string",
            "pattern": IDENTIFIER,
            "patternErrorMessage": "a name is letters, digits and _, and starts with no digit",
        }
    return node


def _merged(options: list[dict[str, Schema]]) -> dict[str, Schema]:
    """Return the union of several forms' shapes; of two scalars the first says its type."""
    found: dict[str, Schema] = {}
    for option in options:
        for shape, schema in option.items():
            before = found.get(shape)
            found[shape] = schema if before is None else _first_of(before, schema)
    return found


def _first_of(first: Schema, other: Schema) -> Schema:
    kind = first["type"][0]
    return {"if": {"type": kind}, "then": _plain(first, False), "else": _plain(other, False)}


def _told_apart(parts: dict[str, Schema], null: bool) -> Schema:
    rest = _plain(parts[""], null) if "" in parts else None
    for shape in ("array", "object"):
        if shape in parts:
            schema = _plain(parts[shape], null and rest is None)
            rest = schema if rest is None else {"if": {"type": shape}, "then": schema, "else": rest}
    assert rest is not None
    return rest


def _plain(schema: Schema, null: bool) -> Schema:
    """Return a schema with its types as editors like them, and `~` among them if wanted."""
    if "type" not in schema:
        return schema if not null or "$ref" in schema else _or_null(schema)
    kinds = [*schema["type"], "null"] if null else schema["type"]
    more = {"enum": [*schema["enum"], None]} if null and "enum" in schema else {}
    return {**schema, "type": kinds[0] if len(kinds) == 1 else kinds, **more}


def _or_null(schema: Schema) -> Schema:
    return {"if": {"type": "null"}, "then": {"type": "null"}, "else": schema}
