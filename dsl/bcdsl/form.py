"""What may be written as a value: the forms that the table of keys is made of.

Widening, the overlay, the reader, the JSON Schema and the reference are each one function over
this family.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from bcdsl.frozen import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, taken as it was written (`3.10`, `no` and `0777` are text).

    `what` names it in messages. `params`: `<name>` of a parameter may stand in it.
    `examples` are offered by editors.
    """

    what: str = "text"
    params: bool = False
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number in decimal digits."""

    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Boolean:
    """`true` or `false`; `only` leaves one of them."""

    only: bool | None = None


@dataclass(frozen=True, slots=True)
class Enum:
    """One of a few words."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; `minimum` is the least number of items."""

    item: Form
    what: str
    minimum: int = 0


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """One value, or a list of such values."""

    item: Form
    what: str


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from names of the author's own; `key` says what they name."""

    key: str
    value: Form
    identifiers: bool = False  # the names are identifiers


@dataclass(frozen=True, slots=True)
class Names:
    """A list of names, widened to a mapping from each name to `{}`; or that mapping."""

    key: str
    value: Record


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys.

    The keys in one member of `exclusive` are alternatives: only one of them may be written, and
    where an overlay writes another one than stood there, the old one goes. `whole` says that
    nothing of the old mapping stays then. `elsewhere` holds keys that an author may look for here,
    with what to do instead.
    """

    name: str
    keys: Mapping[str, Key]
    exclusive: tuple[tuple[str, ...], ...] = ()
    whole: bool = False
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    needed: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        needed = tuple(name for name, key in self.keys.items() if key.required)
        object.__setattr__(self, "needed", needed)


@dataclass(frozen=True, slots=True)
class Short:
    """A short form that widens to `{key: short}`, or the long form itself.

    With `null` a `~` is such a short form: it takes away the value of the key, not the whole.
    """

    short: Form
    key: str
    long: Record
    null: bool = False


@dataclass(frozen=True, slots=True)
class Either:
    """One of several forms, told apart by being a scalar, a list or a mapping."""

    options: tuple[Form, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What stands under `from`: a leaf, a list, names or one operator (`keys.LEAF`, …)."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A mapping whose keys are Pachyderm's; a `~` in it is kept."""


Form: TypeAlias = (
    Text
    | Integer
    | Boolean
    | Enum
    | ListOf
    | OneOrMany
    | MapOf
    | Names
    | Record
    | Short
    | Either
    | Inputs
    | Raw
)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record: its form, its meaning in a sentence, its default, what it becomes."""

    form: Form
    doc: str
    becomes: str | None = None
    default: str | None = None
    required: bool = False
