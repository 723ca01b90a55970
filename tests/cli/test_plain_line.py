"""Command lines that are read without typer mean what they mean to typer."""

from __future__ import annotations

import inspect
from functools import wraps
from importlib import import_module
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdslc.cli.commands import COMMANDS
from bcdslc.cli.declare import Argument, Option
from bcdslc.cli.plain_line import values_of
from bcdslc.cli.program import typers_command

FUNCTIONS = {name: import_module(module).command for name, (module, _) in COMMANDS.items()}


def by_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    """Return the values with which typer calls a command, or None if it does not."""
    seen: list[dict[str, Any]] = []

    @wraps(FUNCTIONS[name])
    def command(**values: Any) -> int:
        seen.append(values)
        return 0

    try:
        typers_command(name, command).main(args=words, standalone_mode=False)
    except Exception:
        return None
    return seen[0] if seen else None


def whole(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return the values of all parameters: those given, else the defaults."""
    signature = inspect.signature(FUNCTIONS[name])
    return {
        each.name: values.get(each.name, each.default) for each in signature.parameters.values()
    }


def spellings(name: str) -> list[str]:
    """Return the words that mean something to a command."""
    found = ["-", "--", "--help", "-x", "", "7", "-1", "check"]
    for each in inspect.signature(FUNCTIONS[name]).parameters.values():
        kind, declared = get_args(each.annotation)
        if isinstance(declared, Option):
            found += declared.names or (f"--{each.name.replace('_', '-')}", f"--no-{each.name}")
        for part in (kind, *get_args(kind)):
            found += [member.value for member in getattr(part, "__members__", {}).values()]
    return found


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Make a command's name and words after it: options with and without values, and noise."""
    name = draw(st.sampled_from(sorted(FUNCTIONS)))
    known = st.sampled_from(spellings(name))
    value = st.text("a=/-1.", max_size=4) | st.sampled_from(["never", "a.yaml", "3", "0"])
    unit = st.one_of(
        known.map(lambda word: [word]),
        value.map(lambda word: [word]),
        st.tuples(known, value).map(list),
        st.tuples(known, value).map(lambda pair: ["=".join(pair)]),
        st.tuples(known, value).map(lambda pair: ["".join(pair)]),
    )
    return name, [word for words in draw(st.lists(unit, max_size=4)) for word in words]


@given(lines())
def test_what_is_read_is_what_typer_reads(line: tuple[str, list[str]]) -> None:
    """A line is left to typer, or gives the same values to the same parameters."""
    name, words = line
    plain = values_of(FUNCTIONS[name], words)

    if plain is not None:
        assert whole(name, plain) == by_typer(name, words)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("check a.bc.yaml", {"files": ["a.bc.yaml"]}),
        ("check --strict a - -p x=1 --param=y==2", {
            "files": ["a", "-"], "strict": True, "param": ["x=1", "y==2"],
        }),
        ("compile a -o - --format yaml", {"file": "a", "out": "-", "format": "yaml"}),
        ("datums a --stage s -d crop=crop -n 0 --json", {
            "file": "a", "stage": ["s"], "data": ["crop=crop"], "limit": 0, "json": True,
        }),
        ("lint", {}),
        ("lint --assume-repos specs --color never", {
            "paths": ["specs"], "assume_repos": True, "color": "never",
        }),
        ("schema check a", {"what": "check", "file": "a"}),
    ],
)  # fmt: skip
def test_usual_lines_are_read(line: str, values: dict[str, Any]) -> None:
    """What people type needs no typer."""
    name, *words = line.split()

    assert values_of(FUNCTIONS[name], words) == values


@pytest.mark.parametrize(
    "line",
    [
        "check", "check a --fx", "check -- a", "check --format", "check a --strict=yes",
        "glob a -n -1", "compile a b", "compile -oout a", "compile a -o=out", "check --help",
        "run --jobs 0", "store du --keep 0", "check a --color no", "datums a --data --json",
    ],
)  # fmt: skip
def test_the_rest_is_typers(line: str) -> None:
    """Mistakes, help and rare spellings are not read here."""
    name, *words = line.split()

    assert values_of(FUNCTIONS[name], words) is None


def test_every_parameter_is_declared_in_our_words() -> None:
    """No command speaks to typer itself."""
    for name, function in FUNCTIONS.items():
        for each in inspect.signature(function).parameters.values():
            assert isinstance(get_args(each.annotation)[1], Argument | Option), (name, each.name)
