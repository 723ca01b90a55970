"""Which module may import which: layers, no cycles, one door for each foreign library."""

from __future__ import annotations

import sys

import pytest

from walls.layers import COMPILER, DOORS, LANGUAGE
from walls.modules import groups, imports, modules, ours

DECLARED = {"yaml", "typer"}  # what the package needs wherever it is installed


def layer(module: str) -> int:
    """Return the number of a module's layer; the compiler's layers follow the language's."""
    package, _, rest = module.partition(".")
    layers = LANGUAGE if package == "bcdsl" else COMPILER
    top = rest.split(".")[0]
    for number, (_, names) in enumerate(layers):
        if top in names:
            return number + (0 if package == "bcdsl" else len(LANGUAGE))
    raise AssertionError(f"{module} stands in no layer: add it to tests/walls/layers.py")


@pytest.mark.parametrize("module", [m for m in modules() if "." in m])
def test_imports_go_up(module: str) -> None:
    """A module imports only from its own layer or an earlier one, lazily or not."""
    later = {other for other in ours(module) if "." in other and layer(other) > layer(module)}

    assert later == set()


def test_the_language_knows_no_compiler() -> None:
    """No module of bcdsl imports one of bcdslc."""
    found = {m for m in modules() if m.split(".")[0] == "bcdsl"
             and any(other.split(".")[0] == "bcdslc" for other in ours(m))}  # fmt: skip

    assert found == set()


def test_there_are_no_cycles() -> None:
    """No group of modules imports itself in a circle, every import counted."""
    assert groups() == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library: str) -> None:
    """Only its own module or package imports a foreign library."""
    users = {
        module
        for module in modules()
        if any(name.split(".")[0] == library for name in imports(module))
    }
    allowed = DOORS[library]

    assert {u for u in users if not u.startswith(allowed)} == set()


def test_every_foreign_library_has_a_door() -> None:
    """Whatever is neither ours nor Python's stands in the table of doors."""
    foreign = {
        name.split(".")[0]
        for module in modules()
        for name in imports(module)
        if name.split(".")[0] not in {"bcdsl", "bcdslc", "__future__"} | sys.stdlib_module_names
    }

    assert foreign <= set(DOORS)
    assert foreign >= DECLARED


def test_the_walls_can_fail() -> None:
    """A wrong import is found: the table of imports is not empty, and knows lazy ones."""
    assert "bcdsl.compose" in imports("bcdsl.allow")  # a lazy one
    assert "yaml" in imports("bcdsl.compose")
    assert layer("bcdslc.cli.main") > layer("bcdsl.source")
    assert len(modules()) > 100
