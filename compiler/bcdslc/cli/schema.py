"""`bcdsl schema`: print a JSON Schema, or check a file with it."""

import sys
from enum import Enum
from typing import Annotated

from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, FormatOption


class Which(str, Enum):
    """The two schemas."""

    DSL = "dsl"
    PACHYDERM = "pachyderm"


class What(str, Enum):
    """What the command does."""

    DSL = "dsl"
    PACHYDERM = "pachyderm"
    CHECK = "check"


def command(
    what: Annotated[What, Argument(metavar="[dsl|pachyderm|check]", show_default=False)] = What.DSL,
    file: Annotated[str | None, Argument(metavar="FILE", hidden=True)] = None,
    schema: Annotated[
        Which | None,
        Option(
            "--schema",
            help="With `check`: the schema. [default: dsl for *.bc.yaml, else pachyderm]",
            show_default=False,
        ),
    ] = None,
    format: FormatOption = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Print the JSON Schema of the language or of Pachyderm's specs, or check a file with one.

    A schema knows less than `bcdsl check`: it is what an editor without bcdsl goes by.
    """
    from bcdslc.cli import exit_code

    if what is not What.CHECK:
        if file is not None:
            raise WrongUsageError("to check a file, write `bcdsl schema check FILE`")
        sys.stdout.write(_text(Which(what.value)))
        return exit_code.FINE
    if file is None:
        raise WrongUsageError("name the file to check", param_hint="FILE")

    from bcdsl.load import load
    from bcdslc.cli.show import outcome, show
    from bcdslc.schema_check import schema_check

    source, problems = load(file)
    if source is not None:
        problems = (*problems, *schema_check(source, _text(schema or _suits(file))))
    show(problems, format=format, color=color, to=sys.stdout)
    return outcome(problems)


def _suits(file: str) -> Which:
    return Which.DSL if file.endswith((".bc.yaml", ".bc.yml", "-")) else Which.PACHYDERM


def _text(which: Which) -> str:
    """Return a packaged schema."""
    if which is Which.DSL:
        from bcdsl.schema.generate import FILE
    else:
        from bcdslc.spec.schema import FILE
    return FILE.read_text(encoding="utf-8")
