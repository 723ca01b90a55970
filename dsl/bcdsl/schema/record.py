"""Records and inputs as definitions of the JSON Schema."""

from __future__ import annotations

import re
from typing import Any

from bcdsl.form import Boolean, Either, Inputs, Key, MapOf, Names, Record, Short
from bcdsl.keys.inputs import CRON, GROUP_EACH, LEAF, NOT_INPUT_NAMES, OPERATORS
from bcdsl.schema.form import EXTENSIONS, TEXT_TYPES, Schema, item_of, reference, shapes, value_of


def record(form: Record) -> Schema:
    """Return the definition of a record."""
    required = [name for name, key in form.keys.items() if key.required]
    node: Schema = {
        "title": form.name,
        "type": ["object", "null"],
        "properties": {name: described(key) for name, key in form.keys.items()},
        "patternProperties": EXTENSIONS,
        "additionalProperties": False,
    }
    if required:
        node["required"] = required
    rules = _alternatives(form)
    if rules:
        node["dependencies"] = rules
    return node


def _alternatives(form: Record) -> Schema:
    """Return what the presence of one key says of its alternatives; `~` is no presence."""
    rules: dict[str, dict[str, Schema]] = {}
    for group in form.exclusive:
        keys = [name for name in group if name in form.keys]
        for number, name in enumerate(keys):
            for other in keys[number + 1 :]:
                said = f"{other} is written where {name} is: they are alternatives"
                rules.setdefault(name, {})[other] = {"type": "null", "errorMessage": said}
    return {
        name: {
            "if": {"properties": {name: {"type": "null"}}},
            "then": True,
            "else": {"properties": others},
        }
        for name, others in rules.items()
    }


def described(key: Key) -> Schema:
    """Return what may stand under a key, with what an editor shows of it."""
    if isinstance(key.form, Inputs):
        schema = inputs()
    else:
        schema = item_of(key.form) if key.required else value_of(key.form)
    snippets = _snippets(key)
    return {
        **schema,
        **_words(key),
        **_default(key),
        **({"defaultSnippets": snippets} if snippets else {}),
    }


def _words(key: Key) -> Schema:
    return {"description": key.doc.replace("`", ""), "markdownDescription": markdown(key)}


def markdown(key: Key) -> str:
    """Return a key's meaning, what it becomes, and its default."""
    parts = [key.doc]
    if key.becomes:
        parts.append(f"Becomes {key.becomes}.")
    if key.default:
        parts.append(f"Default: {key.default}.")
    return "\n\n".join(parts)


def _default(key: Key) -> Schema:
    """Return the default where the table gives it as a value, not in words."""
    told = (key.default or "").strip("`")
    if told in ("true", "false"):
        return {"default": told == "true"}
    if told.isdigit():
        return {"default": int(told)}
    if key.default and re.fullmatch(r"`[\w./-]+`", key.default):
        return {"default": told}
    return {}


def _snippets(key: Key) -> list[dict[str, Any]]:
    """Return a short and a long form for values that are told apart by `if`.

    Without them an editor completes such a key without its colon.
    """
    form = key.form
    if isinstance(form, Inputs):
        return [
            _snippet("a ref", "${1:repo}:/<${2:name}>"),
            _snippet("several inputs", "[${1:repo}:/<${2:name}>, ${3:repo}:/<${2:name}>]"),
        ]
    parts = {} if isinstance(form, Record) else shapes(form)
    if set(parts) in (set(), {""}, {"array"}, {"object"}) and "if" not in parts.get("", {}):
        return []
    found = []
    if isinstance(form, Either) and isinstance(form.options[0], Boolean):
        found.append(_snippet("true", True))
    elif "" in parts:
        what = parts[""]["title"]
        found.append(_snippet(what, f"${{1:{what}}}"))
    elif isinstance(form, Names):
        found.append(_snippet("a list of names", "[${1:name}]"))
    if isinstance(form, Short):
        first = next(iter(form.long.keys))
        found.append(_snippet(f"{{{first}: …}}", {first: "$1"}))
    elif isinstance(form, Either) and isinstance(form.options[0], MapOf):
        found.append(_snippet("a mapping", {"${1:name}": "${2:value}"}))
    return found


def _snippet(label: str, body: Any) -> dict[str, Any]:
    return {"label": label, "body": body}


# --- inputs -------------------------------------------------------------------------------

_REF: Schema = {
    "title": "a ref",
    "type": list(TEXT_TYPES),
    "errorMessage": "a ref is wanted here: [project/]repo[@branch][:/pattern]",
}


def _not_one_of(words: tuple[str, ...]) -> str:
    listed = "|".join(word.replace(".", "[.]") for word in words)
    return f"^(?!(?:{listed})$)"


_LEAVES = [("of", reference(LEAF.name)), ("cron", reference(CRON.name))]
_FLAG: Schema = {
    "if": {"type": "boolean"},
    "then": {"type": "null", "errorMessage": "an input with options is written {of: ref, …}"},
    "else": reference("named input"),
}
_NAMES: Schema = {
    "title": "inputs by name",
    "type": "object",
    "minProperties": 1,
    "propertyNames": {
        "type": "string",
        "pattern": _not_one_of(NOT_INPUT_NAMES),
        "patternErrorMessage": f"an input cannot be named {', '.join(NOT_INPUT_NAMES)}",
    },
    "properties": {
        name: reference("option among names")
        for name, key in LEAF.keys.items()
        if isinstance(key.form, Boolean)
    },
    "additionalProperties": reference("named input"),
}
_ITEMS: Schema = {
    "title": "a list of inputs",
    "type": "array",
    "minItems": 1,
    "items": reference("listed input"),
}


def inputs() -> Schema:
    """Return what stands under `from`: a leaf, a list, names or one operator."""
    return _by_shape(_ITEMS, _choice([*_LEAVES, *_operators()], _NAMES), _or_null(_REF))


def parts_of_inputs() -> dict[str, Schema]:
    """Return the definitions that `inputs` refers to."""
    leaf = _choice(
        _LEAVES,
        {
            "title": "an input",
            "type": "object",
            "properties": {"of": _REF},
            "required": ["of"],
            "additionalProperties": True,
        },
    )
    one = _choice([*_LEAVES, *_operators()], {**_NAMES, "maxProperties": 1})
    return {
        "option_among_names": _FLAG,
        "named_input": {"if": {"type": "object"}, "then": leaf, "else": _or_null(_REF)},
        "listed_input": {"if": {"type": "object"}, "then": one, "else": _REF},
        "operands": _by_shape(_ITEMS, _choice([*_LEAVES, *_operators()], _NAMES), _REF),
    }


def _operators() -> list[tuple[str, Schema]]:
    return [(name, _operator(name)) for name in OPERATORS]


def _operator(name: str) -> Schema:
    properties: Schema = {
        name: {**reference("operands"), "markdownDescription": OPERATORS[name]},
    }
    if name == "group":
        properties["each"] = {**value_of(GROUP_EACH.form), **_words(GROUP_EACH)}
    return {
        "title": name,
        "type": "object",
        "properties": properties,
        "patternProperties": EXTENSIONS,
        "additionalProperties": False,
    }


def _choice(branches: list[tuple[str, Schema]], last: Schema) -> Schema:
    """Return the branch whose key is there, else the last."""
    schema = last
    for name, branch in reversed(branches):
        told = {"type": "object", "properties": {name: True}, "required": [name]}
        schema = {"if": told, "then": branch, "else": schema}
    return schema


def _by_shape(items: Schema, mapping: Schema, scalar: Schema) -> Schema:
    rest = {"if": {"type": "array"}, "then": items, "else": scalar}
    return {"if": {"type": "object"}, "then": mapping, "else": rest}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [*schema["type"], "null"]}
