"""The program `bcdsl`: runs a command line and turns whatever happens into an exit code."""

from __future__ import annotations

import os
import sys
from typing import Any

from bcdsl.version import VERSION
from bcdslc.cli import exit_code


def main() -> None:
    """Run the program on the process's arguments and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):  # answered before anything is imported
        print(f"bcdsl {VERSION}")
        sys.exit(exit_code.FINE)
    sys.exit(run(sys.argv[1:]))


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
    import typer

    from bcdslc.cli.program import program

    # the class that all mistakes on a command line have in common; where it is defined
    # differs between the versions of typer
    wrong_usage: Any = typer.BadParameter.__mro__[2]
    try:
        result = program().main(args=arguments, prog_name="bcdsl", standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return exit_code.INTERRUPTED
    except wrong_usage as wrong:
        if isinstance(wrong, typer.BadParameter) and wrong.ctx is not None and wrong.param is None:
            _say_usage(wrong)
        else:
            wrong.show()
        return exit_code.USAGE
    return result if isinstance(result, int) else exit_code.FINE


def _say_usage(wrong: Any) -> None:
    """Say what one of our commands found wrong, without `Invalid value for` before it."""
    place = f"{wrong.param_hint}: " if wrong.param_hint else ""
    print(
        f"{wrong.ctx.get_usage()}\nTry '{wrong.ctx.command_path} --help' for help.\n\n"
        f"Error: {place}{wrong.message}",
        file=sys.stderr,
    )


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
