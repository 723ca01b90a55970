"""The table of keys is whole, and the reader takes what it says."""

from __future__ import annotations

import pytest

from bcdsl.form import Either, Form, Inputs, ListOf, MapOf, Names, OneOrMany, Record, Short
from bcdsl.keys.document import DOCUMENT
from bcdsl.keys.records import RECORDS
from bcdsl.keys.stage import NOT_IN_DEFAULTS, STAGE

YAML_BOOLEANS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}


def records_in(form: Form) -> list[Record]:
    """Return the records that a form holds."""
    match form:
        case Record():
            return [form, *(each for key in form.keys.values() for each in records_in(key.form))]
        case Short():
            return records_in(form.short) + records_in(form.long)
        case Either():
            return [each for option in form.options for each in records_in(option)]
        case ListOf() | OneOrMany():
            return records_in(form.item)
        case MapOf() | Names():
            return records_in(form.value)
        case _:
            return []


def test_every_record_is_listed() -> None:
    """Nothing that a document can hold is missing from the list that others read."""
    assert {record.name for record in records_in(DOCUMENT)} <= {record.name for record in RECORDS}


@pytest.mark.parametrize("record", RECORDS, ids=[record.name for record in RECORDS])
def test_every_key_is_explained(record: Record) -> None:
    """A key has a sentence, ends it, and is no boolean of YAML 1.1."""
    for name, key in record.keys.items():
        assert key.doc.endswith("."), name
        assert len(key.doc) > 10, name
        assert name.lower() not in YAML_BOOLEANS
    for group in record.exclusive:
        assert all(name in record.keys or record.whole for name in group)


def test_inputs_stand_under_from_alone() -> None:
    """The one form that the table does not spell out stands at one place."""
    found = [
        (record.name, name)
        for record in RECORDS
        for name, key in record.keys.items()
        if isinstance(key.form, Inputs)
    ]
    assert found == [("stage", "from")]
    assert not set(NOT_IN_DEFAULTS) - set(STAGE.keys)
