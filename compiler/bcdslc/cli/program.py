"""The command line as typer sees it, and the only door to typer.

Typer writes the help and says what is wrong with a command line; a line that needs neither is read
by `plain_line`, and typer is not imported. Here the commands' own declarations are told to it.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from typing import Annotated, Any, get_args, get_origin

import typer
from typer.core import TyperGroup

from bcdsl.version import VERSION
from bcdslc.cli import exit_code
from bcdslc.cli.commands import COMMANDS
from bcdslc.cli.declare import Argument, Option, WrongUsageError

# the class that all mistakes on a command line have in common; where it is defined
# differs between the versions of typer
_WrongLine: Any = typer.BadParameter.__mro__[2]


def carry_out(arguments: list[str]) -> int:
    """Run a command line, or say what is wrong with it; return its exit code."""
    try:
        result = _program().main(args=arguments, prog_name="bcdsl", standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return exit_code.INTERRUPTED
    except _WrongLine as wrong:
        wrong.show()
        return exit_code.USAGE
    return result if isinstance(result, int) else exit_code.FINE


def say_usage(arguments: Sequence[str], wrong: WrongUsageError) -> None:
    """Say on standard error what a command found wrong with its own command line."""
    name = next(word for word in arguments if word in COMMANDS)
    group = _program()
    context = typer.Context(group, info_name="bcdsl")
    context = typer.Context(group.get_command(context, name), info_name=name, parent=context)
    place = f"{wrong.param_hint}: " if wrong.param_hint else ""
    print(
        f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n\n"
        f"Error: {place}{wrong.message}",
        file=sys.stderr,
    )


class _Commands(TyperGroup):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order in which `--help` shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, made from its module's function."""
        if cmd_name not in COMMANDS:
            return None
        return typers_command(cmd_name, import_module(COMMANDS[cmd_name][0]).command)

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


def _program() -> Any:
    """Return the program's command object."""
    app = typer.Typer(
        cls=_Commands,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["--help", "-h"]},
        help="Write Pachyderm pipelines by naming what belongs together.",
    )
    app.callback()(_options)
    return typer.main.get_command(app)


def typers_command(name: str, command: Callable[..., Any]) -> Any:
    """Return one command as typer has it."""
    app = typer.Typer(rich_markup_mode=None, add_completion=False)
    app.command(name=name)(_told(command))
    return typer.main.get_command(app)


def _told(command: Callable[..., Any]) -> Callable[..., Any]:
    """Return the command with its parameters declared in typer's words."""

    @wraps(command)
    def told(**values: Any) -> Any:
        return command(**values)

    signature = inspect.signature(command)
    parameters = [
        each.replace(annotation=_typers(each.annotation)) for each in signature.parameters.values()
    ]
    told.__annotations__ = {each.name: each.annotation for each in parameters}
    # `inspect` looks there first; the types of functions do not know it
    told.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return told


def _typers(hint: Any) -> Any:
    """Return the hint of a parameter with typer's Option or Argument in the place of ours."""
    if get_origin(hint) is not Annotated:
        return hint
    kind, declared = get_args(hint)
    match declared:
        case Option():
            said = typer.Option(
                *declared.names,
                metavar=declared.metavar,
                help=declared.help,
                min=declared.min,
                show_default=declared.show_default,
            )
        case Argument():
            said = typer.Argument(
                metavar=declared.metavar,
                help=declared.help,
                hidden=declared.hidden,
                show_default=declared.show_default,
            )
        case _:
            said = declared
    return Annotated[kind, said]


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
