"""The program `bcdsl`: finds the command, runs it, and turns what happens into an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

from bcdsl.version import VERSION
from bcdslc.cli import exit_code
from bcdslc.cli.commands import COMMANDS


def main() -> None:
    """Run the program on the process's arguments and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported
        print(f"bcdsl {VERSION}")
        sys.exit(exit_code.FINE)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code.

    Prints usage errors on standard error. A reader that went away (a closed pipe) ends the
    run quietly, as for any Unix program.
    """
    import typer
    from typer.core import TyperGroup

    class Commands(TyperGroup):
        """The commands, each imported when it is asked for."""

        def list_commands(self, ctx: Any) -> list[str]:
            return list(COMMANDS)

        def get_command(self, ctx: Any, cmd_name: str) -> Any:
            if cmd_name not in COMMANDS:
                return None
            module = import_module(COMMANDS[cmd_name][0])
            app = typer.Typer(rich_markup_mode=None, add_completion=False)
            app.command(name=cmd_name)(module.command)
            return typer.main.get_command(app)

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args and args[0] not in COMMANDS and not args[0].startswith("-"):
                from bcdsl.suggest import nearest

                guess = nearest(args[0], COMMANDS)
                hint = f", did you mean `{guess}`?" if guess else "; see `bcdsl --help`"
                ctx.fail(f"there is no command `{args[0]}`{hint}")
            return super().resolve_command(ctx, args)

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            with formatter.section("Commands"):
                formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    app = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        help="Write Pachyderm pipelines by naming what belongs together.",
    )

    @app.callback()
    def options(
        version: bool = typer.Option(False, "--version", "-V", help="Print the version."),
    ) -> None:
        pass

    return _outcome(typer.main.get_command(app), arguments)


def _outcome(command: Any, arguments: list[str]) -> int:
    from typer import Abort, Exit
    from typer.exceptions import TyperException

    try:
        result = command.main(args=arguments, prog_name="bcdsl", standalone_mode=False)
        sys.stdout.flush()
    except Exit as leaving:
        return int(leaving.exit_code)
    except TyperException as wrong:
        wrong.show()
        return exit_code.USAGE
    except (Abort, KeyboardInterrupt):
        print("interrupted", file=sys.stderr)
        return exit_code.INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_code.FINE
    return result if isinstance(result, int) else exit_code.FINE
