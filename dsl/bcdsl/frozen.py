"""Frozen dataclasses that cost little until they are used.

A command imports some hundred value classes and makes objects of a few dozen; what
`dataclasses.dataclass` generates and compiles for each of them is then half of the start-up.
Here `__init__` is compiled when the first object of a class is made, and the other methods are
closures. To type checkers this is `dataclasses.dataclass` itself, and `fields`, `replace` and
pattern matching work as with it. What is not both frozen and slotted goes to the original.
"""

from __future__ import annotations

import dataclasses
from inspect import get_annotations  # typer and dataclasses have inspect loaded already
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, **options):
        """Return the class as a dataclass, as `dataclasses.dataclass` would."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        kept = {"frozen", "slots", "kw_only", "eq"}
        if not (options.get("frozen") and options.get("slots") and set(options) <= kept):
            return dataclasses.dataclass(**options)(cls)
        if any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__):
            return dataclasses.dataclass(**options)(cls)
        return _made(cls, options.get("kw_only", False), options.get("eq", True))


class _Params:
    """What a class that is derived from ours asks of its base."""

    frozen = True


def _made(cls: Any, kw_only: bool, eq: bool) -> Any:
    own = _fields(cls, kw_only)
    inside = dict(cls.__dict__)
    for gone in (*own, "__dict__", "__weakref__"):
        inside.pop(gone, None)
    inside |= {
        "__slots__": tuple(own),
        "__qualname__": cls.__qualname__,
        "__dataclass_fields__": own,
        "__dataclass_params__": _Params,
        "__match_args__": tuple(name for name, field in own.items() if not field.kw_only),
        "__setattr__": _no_set,
        "__delattr__": _no_delete,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
        "__init__": _first_init,
    }
    inside.setdefault("__repr__", _repr)
    if eq:
        inside |= _comparison(own)
    return type(cls)(cls.__name__, cls.__bases__, inside)


def _fields(cls: Any, kw_only: bool) -> dict[str, Any]:
    """Return the fields by name, as `dataclasses` keeps them."""
    found = {}
    for name, kind in get_annotations(cls).items():
        default = cls.__dict__.get(name, dataclasses.MISSING)
        whole = isinstance(default, dataclasses.Field)
        field: Any = default if whole else dataclasses.field(default=default)
        field.name, field.type = name, kind
        field._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # as dataclasses does
        if field.kw_only is dataclasses.MISSING:
            field.kw_only = kw_only
        found[name] = field
    return found


def _comparison(own: dict[str, Any]) -> dict[str, Any]:
    """Return `__eq__` and `__hash__` over the compared fields."""
    names = [name for name, field in own.items() if field.compare]
    values: Any = attrgetter(*names) if names else lambda value: ()

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed}


def _first_init(self: Any, *args: Any, **values: Any) -> None:
    """Compile the class's own `__init__`, put it in this place, and go on with it."""
    cls = next(base for base in type(self).__mro__ if base.__dict__.get("__init__") is _first_init)
    init = _init(cls)
    type.__setattr__(cls, "__init__", init)
    init(self, *args, **values)


def _init(cls: Any) -> Any:
    """Return `__init__`; it sets slots through their descriptors, which a frozen class allows."""
    scope: dict[str, Any] = {"_missing": dataclasses.MISSING}
    given: list[str] = []
    by_name: list[str] = []
    body = []
    for name, field in cls.__dataclass_fields__.items():
        scope[f"_set_{name}"] = cls.__dict__[name].__set__
        scope[f"_default_{name}"] = field.default
        scope[f"_make_{name}"] = field.default_factory
        made = field.default_factory is not dataclasses.MISSING
        if field.init:
            default = made or field.default is not dataclasses.MISSING
            text = f"{name}=_missing" if made else f"{name}=_default_{name}" if default else name
            (by_name if field.kw_only else given).append(text)
        if made and field.init:
            body.append(f"_set_{name}(self, _make_{name}() if {name} is _missing else {name})")
        elif made:
            body.append(f"_set_{name}(self, _make_{name}())")
        elif field.init:
            body.append(f"_set_{name}(self, {name})")
        elif field.default is not dataclasses.MISSING:
            body.append(f"_set_{name}(self, _default_{name})")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    listed = ", ".join(["self", *given, *(["*", *by_name] if by_name else [])])
    lines = "\n  ".join(body or ["pass"])
    exec(f"def __init__({listed}):\n  {lines}\n", scope)
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return scope["__init__"]


def _repr(self: Any) -> str:
    shown = ", ".join(
        f"{name}={getattr(self, name)!r}"
        for name, field in self.__dataclass_fields__.items()
        if field.repr
    )
    return f"{type(self).__qualname__}({shown})"


def _no_set(self: Any, name: str, value: Any) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_delete(self: Any, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__dataclass_fields__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)
