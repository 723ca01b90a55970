"""Options that several commands share, as types of their parameters."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

from bcdsl.report.draw import Format
from bcdslc.cli.declare import Option, WrongUsageError

if TYPE_CHECKING:
    from bcdsl.analyze import Options


class Color(str, Enum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Params = Annotated[
    list[str] | None,
    Option("--param", "-p", metavar="NAME=VALUE", help="Fill a parameter; may be repeated."),
]
Profiles = Annotated[
    list[str] | None,
    Option("--profile", metavar="NAME", help="Lay a profile over; may be repeated."),
]
Stages = Annotated[
    list[str] | None,
    Option("--stage", "-s", metavar="STAGE", help="Only this stage; may be repeated."),
]
Data = Annotated[
    list[str] | None,
    Option(
        "--data",
        "-d",
        metavar="REPO[@BRANCH]=PATH",
        help="What a repo holds: a folder, a `.json` mapping, or a text that lists paths; may be "
        "repeated.",
    ),
]
FormatOption = Annotated[
    Format | None,
    Option(
        "--format",
        help="How problems are written. [default: text; github in a GitHub workflow]",
        show_default=False,
    ),
]
ColorOption = Annotated[Color, Option("--color", help="When to colour; `auto` heeds NO_COLOR.")]
Strict = Annotated[bool, Option("--strict", help="Exit with 1 for warnings, too.")]


def options_for(params: list[str] | None, profiles: list[str] | None) -> Options:
    """Return what the command line says about how a document is to be read."""
    from bcdsl.analyze import Options

    return Options(params=split_params(params), profiles=tuple(profiles or ()))


def split_params(params: list[str] | None) -> dict[str, str]:
    """Return the parameters of a command line by name; a usage error if one is not NAME=VALUE."""
    filled: dict[str, str] = {}
    for word in params or ():
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise WrongUsageError(f"`{word}` is not NAME=VALUE", param_hint="--param")
        if name in filled:
            raise WrongUsageError(f"`{name}` is given twice", param_hint="--param")
        filled[name] = value
    return filled
