"""`bcdsl store`: what runs left behind."""

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

from bcdslc.cli.declare import Argument, Option, WrongUsageError


class Action(str, Enum):
    """What to do with the store."""

    LS = "ls"
    GET = "get"
    CAT = "cat"
    LOG = "log"
    WHY = "why"
    DU = "du"
    GC = "gc"


def command(
    action: Annotated[
        Action,
        Argument(
            help="ls [REPO[@BRANCH][:/PATH]], get REPO… DIR, cat REPO…:/PATH, log [STAGE:]DATUM,"
            " why STAGE, why [STAGE:]DATUM, du, gc"
        ),
    ],
    words: Annotated[list[str] | None, Argument(metavar="WORD…")] = None,
    store: Annotated[
        Path | None,
        Option("--store", metavar="DIR", help="The store. [default: .bcdsl/store]"),
    ] = None,
    keep: Annotated[
        int,
        Option("--keep", metavar="N", min=1, help="Of gc: commits and jobs kept of each."),
    ] = 10,
) -> int:
    """Look at the outputs, logs and reasons that `bcdsl run` left, or make room."""
    from bcdslc.cli import store_actions
    from bcdslc.local.store import DEFAULT

    given = list(words or ())
    opened = store_actions.opened((store or Path(DEFAULT)).absolute())
    if opened is None:
        return 1
    match action:
        case Action.LS:
            return store_actions.ls(opened, _at_most_one(given), sys.stdout)
        case Action.GET:
            if len(given) != 2:
                raise WrongUsageError("give a repo and a folder", param_hint="WORD…")
            return store_actions.get(opened, given[0], Path(given[1]))
        case Action.CAT:
            return store_actions.cat(opened, _one(given, "a repo and a path"), sys.stdout)
        case Action.LOG:
            return store_actions.log(opened, _one(given, "a datum"), sys.stdout)
        case Action.WHY:
            return store_actions.why(opened, _one(given, "a stage or a datum"), sys.stdout)
        case Action.DU:
            return store_actions.du(opened, sys.stdout)
        case Action.GC:
            return store_actions.gc(opened, keep, sys.stdout)


def _one(words: list[str], what: str) -> str:
    if len(words) != 1:
        raise WrongUsageError(f"give {what}, and nothing else", param_hint="WORD…")
    return words[0]


def _at_most_one(words: list[str]) -> str | None:
    return _one(words, "one repo") if words else None
