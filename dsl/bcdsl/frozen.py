"""Slotted dataclasses, frozen or not, that cost little until they are used.

A command imports some hundred value classes and makes objects of a few dozen; what
`dataclasses.dataclass` generates and compiles for each of them is then half of the start-up, and
the module itself imports `inspect`, which is as much as all of our own rules. Here `__init__` is
compiled when the first object of a class is made, the other methods are closures, and
`dataclasses` is imported when somebody asks it about one of our classes. To type checkers these
are `dataclasses.dataclass`, `field`, `fields` and `replace` themselves, and the module's own
functions and pattern matching work as with Python's. What is not slotted goes to the original.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
    from dataclasses import field as field
    from dataclasses import fields as fields
    from dataclasses import replace as replace
else:

    def dataclass(cls=None, /, **options):
        """Return the class as a dataclass, as `dataclasses.dataclass` would."""
        if cls is None:
            return lambda cls: dataclass(cls, **options)
        kept = {"frozen", "slots", "kw_only", "eq"}
        if options.get("slots") and set(options) <= kept and not _derived(cls):
            return _made(cls, **options)
        import dataclasses

        return dataclasses.dataclass(**options)(cls)

    def field(**options):
        """Return what a class says of one of its fields, as `dataclasses.field` would."""
        return Given(**options)

    def fields(of):
        """Return the fields of a class or value: name, type, default, metadata and so on."""
        cls = of if isinstance(of, type) else type(of)
        if "__given__" in cls.__dict__:
            return tuple(cls.__given__.values())
        import dataclasses

        return dataclasses.fields(cls)

    def replace(value, /, **changes):
        """Return an equal value, save for the changes."""
        cls = type(value)
        if "__given__" not in cls.__dict__:
            import dataclasses

            return dataclasses.replace(value, **changes)
        for name, given in cls.__given__.items():
            if given.init and name not in changes:
                changes[name] = getattr(value, name)
        return cls(**changes)


MISSING: Any = object()
_NOTHING: Mapping[str, Any] = {}
_OPTIONS = ("default", "default_factory", "init", "repr", "compare", "metadata", "kw_only")


class Given:
    """What a class gives for one field; the names are those of `dataclasses.Field`."""

    __slots__ = (*_OPTIONS, "name", "type")

    def __init__(
        self,
        *,
        default: Any = MISSING,
        default_factory: Callable[[], Any] = MISSING,
        init: bool = True,
        repr: bool = True,
        compare: bool = True,
        metadata: Mapping[str, Any] = _NOTHING,
        kw_only: bool = MISSING,
    ) -> None:
        self.name, self.type = "", Any  # known to the class that has it
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.compare, self.kw_only = init, repr, compare, kw_only
        self.metadata = metadata


class _Fields:
    """`__dataclass_fields__`, worked out when it is first asked for."""

    def __set_name__(self, cls: type, name: str) -> None:
        self.cls, self.name = cls, name

    def __get__(self, value: object, cls: type) -> Any:
        import dataclasses

        found = {}
        for name, given in self.cls.__given__.items():  # type: ignore[attr-defined]
            options = {option: getattr(given, option) for option in _OPTIONS}
            whole: Any = dataclasses.field(**{
                option: value for option, value in options.items() if value is not MISSING
            })  # fmt: skip
            whole.name, whole.type = name, given.type
            whole._field_type = dataclasses._FIELD  # type: ignore[attr-defined]  # as there
            found[name] = whole
        type.__setattr__(self.cls, self.name, found)
        return found


class _Params:
    """What a class that is derived from ours asks of its base."""

    frozen = True


class _OpenParams:
    frozen = False


def _derived(cls: type) -> bool:
    """Tell whether a class has a dataclass above it."""
    return any("__dataclass_fields__" in above.__dict__ for above in cls.__mro__[1:])


def _made(
    cls: Any, *, slots: bool, frozen: bool = False, kw_only: bool = False, eq: bool = True
) -> Any:
    own = _given(cls, kw_only)
    inside = dict(cls.__dict__)
    for gone in (*own, "__dict__", "__weakref__"):
        inside.pop(gone, None)
    inside |= {
        "__slots__": tuple(own),
        "__qualname__": cls.__qualname__,
        "__given__": own,
        "__dataclass_fields__": _Fields(),
        "__dataclass_params__": _Params if frozen else _OpenParams,
        "__match_args__": tuple(name for name, given in own.items() if not given.kw_only),
        "__getstate__": _getstate,
        "__setstate__": _setstate,
        "__init__": _first_init,
    }
    if frozen:
        inside |= {"__setattr__": _no_set, "__delattr__": _no_delete}
    inside.setdefault("__repr__", _repr)
    if eq:
        inside |= _comparison(own, frozen)
    return type(cls)(cls.__name__, cls.__bases__, inside)


def _given(cls: Any, kw_only: bool) -> dict[str, Given]:
    """Return the fields by name, in the order of the class."""
    found = {}
    for name, kind in cls.__annotations__.items():
        default = cls.__dict__.get(name, MISSING)
        if type(default).__module__ == "dataclasses":  # then it is there already
            default = _from_python(default)
        given = default if isinstance(default, Given) else Given(default=default)
        given.name, given.type = name, kind
        if given.kw_only is MISSING:
            given.kw_only = kw_only
        found[name] = given
    return found


def _from_python(field: Any) -> Given:
    """Return what `dataclasses.field` says of a field."""
    import dataclasses

    options = {option: getattr(field, option) for option in _OPTIONS}
    return Given(**{
        option: value for option, value in options.items() if value is not dataclasses.MISSING
    })  # fmt: skip


def _comparison(own: dict[str, Given], frozen: bool) -> dict[str, Any]:
    """Return `__eq__` and `__hash__` over the compared fields; what may change has no hash."""
    names = [name for name, given in own.items() if given.compare]
    values: Any = attrgetter(*names) if names else lambda value: ()

    def equal(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    def hashed(self: Any) -> int:
        return hash(values(self))

    return {"__eq__": equal, "__hash__": hashed if frozen else None}


def _first_init(self: Any, *args: Any, **values: Any) -> None:
    """Compile the class's own `__init__`, put it in this place, and go on with it."""
    cls = next(base for base in type(self).__mro__ if base.__dict__.get("__init__") is _first_init)
    init = _init(cls)
    type.__setattr__(cls, "__init__", init)
    init(self, *args, **values)


def _init(cls: Any) -> Any:
    """Return `__init__`; it sets slots through their descriptors, which a frozen class allows."""
    scope: dict[str, Any] = {"_missing": MISSING}
    given: list[str] = []
    by_name: list[str] = []
    body = []
    for name, field in cls.__given__.items():
        scope[f"_set_{name}"] = cls.__dict__[name].__set__
        scope[f"_default_{name}"] = field.default
        scope[f"_make_{name}"] = field.default_factory
        made = field.default_factory is not MISSING
        if field.init:
            default = made or field.default is not MISSING
            text = f"{name}=_missing" if made else f"{name}=_default_{name}" if default else name
            (by_name if field.kw_only else given).append(text)
        if made and field.init:
            body.append(f"_set_{name}(self, _make_{name}() if {name} is _missing else {name})")
        elif made:
            body.append(f"_set_{name}(self, _make_{name}())")
        elif field.init:
            body.append(f"_set_{name}(self, {name})")
        elif field.default is not MISSING:
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
        f"{name}={getattr(self, name)!r}" for name, given in self.__given__.items() if given.repr
    )
    return f"{type(self).__qualname__}({shown})"


def _no_set(self: Any, name: str, value: Any) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _no_delete(self: Any, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> list[Any]:
    return [getattr(self, name) for name in self.__given__]


def _setstate(self: Any, state: list[Any]) -> None:
    for name, value in zip(self.__given__, state, strict=True):
        object.__setattr__(self, name, value)
