"""Our dataclasses behave as those of Python."""

from __future__ import annotations

import copy
import dataclasses
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, is_dataclass
from typing import Generic, TypeVar

import pytest

from bcdsl.frozen import dataclass, field, fields, replace

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value with a default and a made default."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False)
    hidden: int = field(default=7, init=False, repr=False)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The same, by Python."""

    x: int
    y: int = 2
    tags: list[str] = dataclasses.field(default_factory=list, compare=False)
    hidden: int = dataclasses.field(default=7, init=False, repr=False)


@dataclass(frozen=True, slots=True)
class Box(Generic[T]):
    """A generic value, given by position."""

    inside: T
    count: int = 1

    def __post_init__(self) -> None:
        assert self.count > 0


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A value that equals only itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A value without fields."""


@dataclass(slots=True)
class Open:
    """A value that may change."""

    name: str
    parts: list[str] = field(default_factory=list)


@dataclasses.dataclass(slots=True)
class OpenModel:
    """The same, by Python."""

    name: str
    parts: list[str] = dataclasses.field(default_factory=list)


def test_construction() -> None:
    """Defaults, made defaults and required fields work; wrong arguments are TypeErrors."""
    assert (Point(x=1).y, Point(x=1, y=3).y, Point(x=1).hidden) == (2, 3, 7)
    assert Point(x=1).tags is not Point(x=1).tags
    assert Box("a", 2).count == 2
    assert Nothing() == Nothing()
    for call in (
        lambda: Point(),
        lambda: Point(1),
        lambda: Point(x=1, z=2),
        lambda: Point(x=1, hidden=2),
    ):
        with pytest.raises(TypeError):
            call()
    with pytest.raises(AssertionError):
        Box("a", 0)


def test_they_are_frozen_and_slotted() -> None:
    """Nothing can be set or deleted, and there is no dictionary."""
    point = Point(x=1)

    with pytest.raises(FrozenInstanceError):
        point.x = 2
    with pytest.raises(FrozenInstanceError):
        del point.x
    assert not hasattr(point, "__dict__")


def test_comparison() -> None:
    """Equality and hash go by the compared fields and the class; `eq=False` means identity."""
    assert Point(x=1, tags=["a"]) == Point(x=1)
    assert hash(Point(x=1, tags=["a"])) == hash(Point(x=1))
    assert Point(x=1) != Point(x=2)
    assert Point(x=1) != Model(x=1)
    assert Box(1) == Box(1)
    assert Identity("a") != Identity("a")
    assert len({Box(1), Box(1), Box(2)}) == 2


def test_the_functions_of_dataclasses() -> None:
    """`fields`, `replace`, `asdict`, `repr`, patterns, copies and pickles work as with Python's."""
    ours, theirs = Point(x=1), Model(x=1)

    assert is_dataclass(Point)
    for asked in (fields, dataclasses.fields):
        for of in (Point, ours):
            for left, right in zip(asked(of), dataclasses.fields(Model), strict=True):
                for each in ("name", "type", "kw_only", "init", "repr", "compare", "metadata"):
                    assert getattr(left, each) == getattr(right, each)
    assert replace(ours, y=5).y == dataclasses.replace(ours, y=5).y == 5
    with pytest.raises(TypeError):
        replace(ours, z=5)
    assert dataclasses.asdict(ours) == dataclasses.asdict(theirs)
    assert repr(ours).replace("Point", "Model") == repr(theirs)
    assert Point.__match_args__ == Model.__match_args__ == ()
    match Box(3, 4):
        case Box(inside, count=count):
            assert (inside, count) == (3, 4)
    assert copy.copy(ours) == copy.deepcopy(ours) == ours
    assert pickle.loads(pickle.dumps(ours)) == ours


def test_what_is_not_frozen_may_change() -> None:
    """A class that is not frozen can be changed, and so has no hash, as with Python's."""
    for made in (Open, OpenModel):
        value = made("a")
        value.name = "b"
        value.parts.append("c")

        assert value == made("b", ["c"]) != made("b")
        assert made.__hash__ is None
    assert repr(Open("a")) == repr(OpenModel("a")).replace("Model", "")


def test_a_class_may_be_derived() -> None:
    """A class below one of ours is made by Python, with the fields of both."""

    @dataclass(frozen=True, slots=True, kw_only=True)
    class Deep(Point):
        z: int

    assert [each.name for each in fields(Deep)] == ["x", "y", "tags", "hidden", "z"]
    assert Deep(x=1, z=3) == Deep(x=1, z=3)
    assert replace(Deep(x=1, z=3), x=2) == Deep(x=2, z=3)


def test_a_field_of_pythons_is_read() -> None:
    """`dataclasses.field` in one of our classes says the same as ours."""

    @dataclass(frozen=True, slots=True)
    class Mixed:
        tags: list[str] = dataclasses.field(default_factory=list, repr=False)
        count: int = dataclasses.field(default=1, compare=False)

    assert Mixed() == Mixed([], 2)
    assert repr(Mixed()).endswith("Mixed(count=1)")


def test_dataclasses_is_imported_only_when_it_is_asked() -> None:
    """Classes, values and `replace` need neither `dataclasses` nor `inspect`."""
    code = """
import sys
from bcdsl.frozen import dataclass, field, fields, replace

@dataclass(frozen=True, slots=True)
class Point:
    x: int
    tags: list = field(default_factory=list)

assert replace(Point(1), x=2) == Point(2) and fields(Point)[0].name == "x"
print({"dataclasses", "inspect"} & set(sys.modules) or "none")
import dataclasses
print(dataclasses.asdict(Point(1)))
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout == "none\n{'x': 1, 'tags': []}\n"
