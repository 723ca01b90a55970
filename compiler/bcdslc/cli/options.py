"""Options that several commands share, as types of their parameters."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

from bcdsl.report.draw import Format

if TYPE_CHECKING:
    from bcdsl.analyze import Options


class Color(str, Enum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Params = Annotated[
    list[str] | None,
    typer.Option("--param", "-p", metavar="NAME=VALUE", help="Fill a parameter; may be repeated."),
]
Profiles = Annotated[
    list[str] | None,
    typer.Option("--profile", metavar="NAME", help="Lay a profile over; may be repeated."),
]
Stages = Annotated[
    list[str] | None,
    typer.Option("--stage", "-s", metavar="STAGE", help="Only this stage; may be repeated."),
]
Data = Annotated[
    list[str] | None,
    typer.Option(
        "--data",
        "-d",
        metavar="REPO[@BRANCH]=PATH",
        help="What a repo holds: a folder, a `.json` mapping, or a text that lists paths; may be "
        "repeated.",
    ),
]
FormatOption = Annotated[
    Format | None,
    typer.Option(
        "--format",
        help="How problems are written. [default: text; github in a GitHub workflow]",
        show_default=False,
    ),
]
ColorOption = Annotated[
    Color, typer.Option("--color", help="When to colour; `auto` heeds NO_COLOR.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 for warnings, too.")]


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
            raise typer.BadParameter(f"`{word}` is not NAME=VALUE", param_hint="--param")
        if name in filled:
            raise typer.BadParameter(f"`{name}` is given twice", param_hint="--param")
        filled[name] = value
    return filled
