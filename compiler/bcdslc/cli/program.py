"""The command line as typer sees it: one group, whose commands are imported when they run."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from bcdsl.version import VERSION
from bcdslc.cli.commands import COMMANDS


class Commands(TyperGroup):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order in which `--help` shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, made from its module's function."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        app = typer.Typer(rich_markup_mode=None, add_completion=False)
        app.command(name=cmd_name)(module.command)
        return typer.main.get_command(app)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of a command line, or say which name comes nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from bcdsl.suggest import nearest

            guess = nearest(args[0], COMMANDS)
            hint = f", did you mean `{guess}`?" if guess else "; see `bcdsl --help`"
            ctx.fail(f"there is no command `{args[0]}`{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands from the table, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


def program() -> Any:
    """Return the program's command object."""
    app = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["--help", "-h"]},
        help="Write Pachyderm pipelines by naming what belongs together.",
    )
    app.callback()(_options)
    return typer.main.get_command(app)


def _print_version(asked: bool) -> None:
    if asked:
        print(f"bcdsl {VERSION}")
        raise typer.Exit


def _options(
    version: bool = typer.Option(
        False, "--version", "-V", help="Print the version.", is_eager=True, callback=_print_version
    ),
) -> None:
    pass
