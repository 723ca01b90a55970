"""Files of specs, as pachctl reads them."""

from __future__ import annotations

import pytest

from bcdsl.source import SourceFile
from bcdslc.spec.read import read_specs

JSON = '{"pipeline": {"name": "a"}}'


def read(text: str, name: str = "specs.yaml") -> tuple[list[str], list[str]]:
    """Return the pipelines' names and the problems' codes with the text they point at."""
    found = read_specs(SourceFile(name, text))
    return (
        [spec.name for spec in found.specs],
        [f"{p.code} {p.span.text if p.span else ''}" for p in found.problems],
    )


@pytest.mark.parametrize(
    ("text", "names", "problems"),
    [
        (JSON, ["a"], []),
        (f"[{JSON}, {JSON}]", ["a", "a"], []),
        (f"{JSON}\n---\n{JSON}\n", ["a", "a"], []),
        (f"---\n{JSON}\n", ["a"], []),
        (f"{JSON}\n{JSON}", ["a", "a"], ["BC605 {"]),
        ("[]", [], ["BC605 ["]),
        ("pipeline: {name: a}\n", ["a"], []),
        ("- pipeline: {name: a}\n- pipeline: {name: b}\n", ["a", "b"], []),
        ("pipeline: {name: a}\n---\npipeline: {name: b}\n", ["a", "b"], []),
        ("{pipeline: {name: a},}", ["a"], []),  # YAML, though it looks like JSON
        ('{\n\t"pipeline": {"name": "a"}\n}', ["a"], []),
        ("hello", [], ["BC605 hello"]),
        ("null\n", [], ["BC605 null"]),
        ('{"pipeline": {"name": "a"}, "salt": "x", "salt": "y"}', ["a"], ['BC608 "salt"']),
        ("pipeline: {name: a}\nsalt: 1\n", ["a"], ["BC601 1"]),
        ("pipeline: {name: a}\nsalt: yes\n", ["a"], []),
        ("pipeline: {name: a}\ndatumTries: 007\n", ["a"], ["BC606 007"]),
        ("pipeline: {name: a}\ndatumTries: 0x7\n", ["a"], ["BC606 0x7"]),
        ("pipeline: {name: a}\ndatumTries: 1_0\n", ["a"], ["BC606 1_0"]),
        ("pipeline: {name: a}\nsalt: 2025-01-01\n", ["a"], ["BC606 2025-01-01"]),
        ("pipeline: {name: a}\nresourceLimits: {cpu: .5}\n", ["a"], []),
        ("pipeline: {name: a}\nresourceLimits: {cpu: 5.}\n", ["a"], ["BC606 5."]),
        ("pipeline: {name: a}\ntransform: {env: {1: x}}\n", ["a"], ["BC606 1"]),
        ("pipeline: {name: a, project: ~}\n", ["a"], ["BC607 ~"]),
        ('{"$schema": "x", "pipeline": {"name": "a", "$schema": "y"}}', ["a"], []),
    ],
)
def test_documents(text: str, names: list[str], problems: list[str]) -> None:
    """Each form gives its specs; what pachctl does not take is told at its place."""
    assert read(text) == (names, problems)


def test_broken_json() -> None:
    """In a JSON file a syntax error is told as one of JSON."""
    assert read('{"pipeline" {}}', "a.json") == ([], ["BC605 {"])


def test_a_file_of_something_else() -> None:
    """A file without anything that looks like a spec says so."""
    assert read_specs(SourceFile("package.json", '{"name": "x", "version": "1"}')).foreign
    assert not read_specs(SourceFile("a.json", JSON)).foreign


@pytest.mark.parametrize("text", ["[" * 5000, '{"a":' * 5000, "1" * 5000, f"[{'1' * 5000}]"])
def test_monsters(text: str) -> None:
    """Deep nesting and huge numbers are problems."""
    assert read_specs(SourceFile("a.json", text)).problems


def test_older_versions_read_otherwise() -> None:
    """Before 2.7 durations had units, 2.7 ignored unknown fields, before 2.8 `$schema` stayed."""
    text = '{"pipeline": {"name": "a"}, "jobTimeout": "1h30m", "standby": true, "$schema": "x"}'
    source = SourceFile("a.json", text)

    def found(target: int) -> list[tuple[str, str]]:
        return [(p.code, p.severity.value) for p in read_specs(source, target).problems]

    assert found(12) == [("BC601", "error"), ("BC600", "error")]
    assert found(7) == [("BC601", "error"), ("BC600", "warning"), ("BC600", "warning")]
    assert found(6) == [("BC600", "error"), ("BC600", "error")]
    (spec,) = read_specs(source, 6).specs
    assert spec.request.job_timeout == "5400s"


def test_messages_spell_as_the_file_does() -> None:
    """A path in a message is written as its author writes the names; those of maps stay."""
    text = (
        "parallelism_spec: {strategy: CONSTANT}\ndatumTries: x\n"
        "transform: {err_cmd: a, env: {a_b: 1}}\n"
    )
    said = [each.message for each in read_specs(SourceFile("a.yaml", text)).problems]

    assert [message.split("`")[1] for message in said] == [
        "parallelism_spec",
        "datumTries",
        "transform.err_cmd",
        "transform.env.a_b",
    ]
