"""What a command says of its parameters, in words that cost no import.

`program.py` says the same to typer, which writes the help and the mistakes; `plain_line.py` reads
the command lines that need neither.
"""

from __future__ import annotations


class Option:
    """An option: its names (else the parameter's own), and what `--help` shows."""

    __slots__ = ("help", "metavar", "min", "names", "show_default")

    def __init__(
        self,
        *names: str,
        metavar: str | None = None,
        help: str | None = None,
        min: int | None = None,
        show_default: bool = True,
    ) -> None:
        self.names = names
        self.metavar = metavar
        self.help = help
        self.min = min
        self.show_default = show_default


class Argument:
    """An operand, and what `--help` shows."""

    __slots__ = ("help", "hidden", "metavar", "show_default")

    def __init__(
        self,
        *,
        metavar: str | None = None,
        help: str | None = None,
        hidden: bool = False,
        show_default: bool = True,
    ) -> None:
        self.metavar = metavar
        self.help = help
        self.hidden = hidden
        self.show_default = show_default


class WrongUsageError(Exception):
    """The command line asks for what cannot be; `param_hint` is the word that does."""

    def __init__(self, message: str, *, param_hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param_hint = param_hint
