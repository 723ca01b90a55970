"""Every command: its name, the module that holds it, and one line for `--help`.

Each module has a function `command`, whose signature is the command's and whose docstring
is its help. A module is imported only when its command runs.
"""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("bcdslc.cli.check", "Say what is wrong with documents."),
    "explain": ("bcdslc.cli.explain", "Explain a code, or list all of them."),
}
