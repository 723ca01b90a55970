"""The schema of the language: fresh, well formed, and of one mind with the reader."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from bcdsl import form as forms
from bcdsl.compose import compose
from bcdsl.core_value import core_value
from bcdsl.keys.document import DOCUMENT
from bcdsl.keys.inputs import CRON, GROUP_EACH, LEAF, NOT_INPUT_NAMES, OPERATORS
from bcdsl.keys.records import RECORDS
from bcdsl.keys.stage import STAGE
from bcdsl.read.inputs import CRON_WITHOUT_NAME, NAME_TWICE, read_inputs
from bcdsl.read.reader import Reader
from bcdsl.schema.generate import COPY, FILE, generate
from bcdsl.source import SourceFile

SCHEMA = json.loads(generate())
VALIDATOR = Draft7Validator(SCHEMA)
NOT_OF_SHAPE = {NAME_TWICE, CRON_WITHOUT_NAME}  # what no JSON Schema of this size can say


def test_the_files_are_fresh() -> None:
    """The packaged file and the copy at the root are what the table of keys says."""
    for path in (FILE, COPY):
        assert path.read_text(encoding="utf-8") == generate(), (
            "run `python -m bcdsl.schema.generate --write`"
        )


def test_it_is_a_schema() -> None:
    """The file follows the metaschema of draft 7."""
    Draft7Validator.check_schema(SCHEMA)


def test_every_key_is_described() -> None:
    """Each key of each record is a property with text for the hover."""
    for record in RECORDS:
        node = (
            SCHEMA if record is DOCUMENT else SCHEMA["definitions"][record.name.replace(" ", "_")]
        )
        assert list(node["properties"]) == list(record.keys)
        for name, key in record.keys.items():
            shown = node["properties"][name]
            assert shown["markdownDescription"].startswith(key.doc), name
            assert shown["description"]


def test_every_reference_leads_somewhere() -> None:
    """No `$ref` is broken, and no definition is left over."""
    wanted = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "$ref" in node:
                wanted.add(node["$ref"].removeprefix("#/definitions/"))
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(SCHEMA)
    assert wanted == set(SCHEMA["definitions"])


# --- random documents ---------------------------------------------------------------------

TEXTS = st.sampled_from(["a", "b:/<x>", "1..2", "4G", "yes", ""])
JUNK = st.sampled_from(
    [None, True, False, 0, 7, -1, 1.5, "a", [], ["a"], [["a"]], {}, {"a": "b"}, {"of": "a"}]
)
KEYS = st.sampled_from(["a", "b", "x-free", "tick"])


def sometimes_junk(value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw a value of the right form, and now and then anything else."""
    return st.integers(0, 24).flatmap(lambda at: JUNK if at == 0 else value)


def of(form: forms.Form, depth: int) -> st.SearchStrategy[Any]:
    """Draw what may stand where a form is wanted."""
    match form:
        case forms.Text():
            return sometimes_junk(st.one_of(TEXTS, st.just(3), st.just(True), st.just(3.5)))
        case forms.Integer():
            return sometimes_junk(st.integers(0, 3))
        case forms.Boolean():
            return sometimes_junk(st.booleans())
        case forms.Enum():
            return sometimes_junk(st.sampled_from([*form.values, "other"]))
        case forms.ListOf():
            return sometimes_junk(st.lists(of(form.item, depth), max_size=2))
        case forms.OneOrMany():
            return st.one_of(of(form.item, depth), st.lists(of(form.item, depth), max_size=2))
        case forms.MapOf():
            return sometimes_junk(st.dictionaries(KEYS, of(form.value, depth), max_size=2))
        case forms.Names():
            mapping = of(forms.MapOf(form.key, form.value), depth)
            return st.one_of(st.lists(TEXTS, max_size=3), mapping)
        case forms.Record():
            return record(form, depth)
        case forms.Short():
            return st.one_of(of(form.short, depth), record(form.long, depth))
        case forms.Either():
            return st.one_of(*(of(option, depth) for option in form.options))
        case forms.Inputs():
            return inputs(2)
        case forms.Raw():
            return sometimes_junk(st.just({"salt": "x"}))
    raise AssertionError(form)


def record(form: forms.Record, depth: int) -> st.SearchStrategy[Any]:
    """Draw a record: known keys mostly, required ones mostly there."""
    if depth == 0:
        return st.just({})
    return sometimes_junk(
        st.lists(st.sampled_from([*form.keys, "x-free", "unknwon"]), max_size=3, unique=True)
        .flatmap(lambda keys: st.tuples(st.just(keys), st.integers(0, 9)))
        .flatmap(lambda drawn: st.fixed_dictionaries(_values(form, *drawn, depth)))
    )


def _values(
    form: forms.Record, keys: list[str], at: int, depth: int
) -> dict[str, st.SearchStrategy[Any]]:
    required = [name for name, key in form.keys.items() if key.required and at > 0]
    return {
        name: st.one_of(st.none(), of(form.keys[name].form, depth - 1))
        if name in form.keys and at < 3
        else of(form.keys[name].form, depth - 1)
        if name in form.keys
        else JUNK
        for name in dict.fromkeys([*keys, *required])
        if name != "unknwon" or at == 1
    }


def inputs(depth: int) -> st.SearchStrategy[Any]:
    """Draw what may stand under `from`."""
    leaf = st.one_of(TEXTS, record(LEAF, 1), record(CRON, 1))
    names = st.dictionaries(
        st.sampled_from(["a", "b", *NOT_INPUT_NAMES, "b-c", "lazy"]),
        st.one_of(leaf, st.booleans()),
        min_size=0,
        max_size=2,
    )
    if depth == 0:
        return st.one_of(leaf, names)
    inner = inputs(depth - 1)
    operator = st.one_of(
        st.sampled_from(list(OPERATORS)).flatmap(lambda name: st.fixed_dictionaries({name: inner})),
        st.fixed_dictionaries({"group": inner, "each": of(GROUP_EACH.form, 1)}),
        st.fixed_dictionaries({"join": inner, "each": TEXTS}),
        st.fixed_dictionaries({"join": inner, "x-free": JUNK}),
    )
    return sometimes_junk(st.one_of(leaf, names, operator, st.lists(inner, max_size=3)))


STAGES = st.fixed_dictionaries({"stages": st.dictionaries(KEYS, record(STAGE, 3), min_size=1)})
OVER = STAGES.map(lambda value: {"profiles": {"p": value}})
FROM = inputs(3).map(lambda value: {"stages": {"s": {"from": value}}})
OVER_FROM = FROM.map(lambda value: {"profiles": {"p": value}})


@given(st.one_of(record(DOCUMENT, 4), STAGES, FROM, OVER, OVER_FROM))
def test_schema_and_reader_agree(document: Any) -> None:
    """A document has the shape that the schema wants, if and only if the reader finds no fault."""
    text = json.dumps(document)
    if not isinstance(document, dict):
        return
    source = SourceFile("random.bc.yaml", text)
    composed = compose(source)
    if composed.problems:
        return
    (node,) = composed.documents
    assume(not any(_only_removed(stage.get("from")) for stage in _stages(document)))
    whole, parts = Reader(read_inputs), Reader(read_inputs, partial=True)
    whole.record(_with(node, "profiles", False), DOCUMENT, "the document")
    parts.record(_with(node, "profiles", True), DOCUMENT, "the document")
    problems = [*whole.problems, *parts.problems]
    wrong = [problem for problem in problems if problem.code not in NOT_OF_SHAPE]

    told = [f"{problem.code} {problem.message}" for problem in wrong]
    assert VALIDATOR.is_valid(core_value(node)) == (not wrong), (text, told)


def _with(node: Any, key: str, wanted: bool) -> Any:
    """Return a document with one key alone, or without it."""
    entries = tuple(entry for entry in node.entries if (entry[0].text == key) == wanted)
    return replace(node, entries=entries)


def _stages(document: dict[str, Any]) -> list[dict[str, Any]]:
    stages = document.get("stages")
    held = stages.values() if isinstance(stages, dict) else ()
    return [stage for stage in held if isinstance(stage, dict)]


def _only_removed(node: Any) -> bool:
    """Tell of names that are all taken away, anywhere below: the reader finds nothing left."""
    if isinstance(node, list):
        return any(_only_removed(item) for item in node)
    if not isinstance(node, dict) or not node:
        return False
    return all(value is None for value in node.values()) or any(map(_only_removed, node.values()))
