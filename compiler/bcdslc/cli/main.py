"""The program `bcdsl`: runs a command line and turns whatever happens into an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module

from bcdsl.version import VERSION
from bcdslc.cli import exit_code

# objects made before a collection; at Python's 700 (2,000 from 3.14 on) importing alone sets off
# dozens, which find nothing
START = 100_000


def main() -> None:
    """Run the program on the process's arguments and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported
        print(f"bcdsl {VERSION}")
        sys.exit(exit_code.FINE)
    gc.set_threshold(START)
    code = run(sys.argv[1:])
    gc.freeze()  # or Python, leaving, looks for cycles among all that it is about to drop
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """Run one command line and return its exit code; never raises."""
    code = exit_code.FINE
    try:
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # names of files need not be text
                stream.reconfigure(errors="backslashreplace")
        code = _command(arguments)
        if code == exit_code.INTERRUPTED:
            raise KeyboardInterrupt
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return _say("interrupted", exit_code.INTERRUPTED)
    except BrokenPipeError:  # the reader went away, as `head` does
        _drop_output()
    except OSError as problem:
        _drop_output()
        what = f"`{problem.filename}`" if problem.filename else "standard output"
        return _say(f"cannot write {what}: {problem.strerror or problem}", exit_code.PROBLEMS)
    except MemoryError:
        return _say("there is not enough memory for this", exit_code.PROBLEMS)
    except Exception as problem:  # a mistake of ours: told without a traceback
        return _internal(problem)
    return code


def _command(arguments: list[str]) -> int:
    """Run a command; typer is imported only for what is not plain, for help and for mistakes."""
    from bcdslc.cli.declare import WrongUsageError
    from bcdslc.cli.stopped import StoppedError

    try:
        plain = _plain_call(arguments)
        if plain is not None:
            return plain()
        from bcdslc.cli.program import carry_out

        return carry_out(arguments)
    except StoppedError as stopped:
        return stopped.code
    except WrongUsageError as wrong:
        from bcdslc.cli.program import say_usage

        say_usage(arguments, wrong)
        return exit_code.USAGE


def _plain_call(arguments: list[str]) -> Callable[[], int] | None:
    """Return the call that a plain command line stands for."""
    from bcdslc.cli.commands import COMMANDS
    from bcdslc.cli.plain_line import values_of

    if not arguments or arguments[0] not in COMMANDS:
        return None
    command = import_module(COMMANDS[arguments[0]][0]).command
    values = values_of(command, arguments[1:])
    return None if values is None else lambda: command(**values)


def _internal(problem: Exception) -> int:
    """Say that bcdsl is wrong, not its user; the whole story only where it is asked for."""
    if os.environ.get("BCDSL_TRACEBACK"):
        import traceback

        traceback.print_exception(problem)
    place = problem.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    return _say(
        f"internal error, {type(problem).__name__}: {problem}\n"
        f"  at {where}, bcdsl {VERSION}\n"
        "  This is a mistake in bcdsl, not in your files. Please report it with the document that\n"
        "  shows it; `BCDSL_TRACEBACK=1` in the environment prints more.",
        exit_code.INTERNAL,
    )


def _say(text: str, code: int) -> int:
    try:
        print(f"bcdsl: {text}", file=sys.stderr, flush=True)
    except OSError:
        return code
    return code


def _drop_output() -> None:
    """Send what is still in the buffer nowhere, or Python would fail again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
