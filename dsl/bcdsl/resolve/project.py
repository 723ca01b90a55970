"""Names that a project can have.

Part 3.2 of the spec reference: 51 letters, digits, `_` and `-` at most, the first none of `_-`.
"""

from __future__ import annotations

import re

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error
from bcdsl.source import Spanned

CODE = "BC308"

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,50}", re.ASCII)


def is_project(name: str) -> bool:
    """Tell whether Pachyderm can have a project of this name."""
    return _NAME.fullmatch(name) is not None


def no_project(name: Spanned[str]) -> Diagnostic:
    """Say that no project can have this name."""
    return error(
        CODE,
        f"a project cannot be named `{name.value}`",
        name.span,
        help="a project's name holds up to 51 letters, digits, `_` and `-`, and starts with none "
        "of the last two; without `project` it is the one that pachctl is set to",
    )
