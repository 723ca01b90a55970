"""Putting problems in front of the user, and what they mean for the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.report.draw import Format, draw, wants_color
from bcdslc.cli import exit_code
from bcdslc.cli.options import Color


def chosen_format(asked: Format | None) -> Format:
    """Return the format that was asked for, else the one that suits where we run."""
    if asked is not None:
        return asked
    return Format.GITHUB if os.environ.get("GITHUB_ACTIONS") == "true" else Format.TEXT


def show(
    problems: Sequence[Diagnostic],
    *,
    format: Format | None = None,
    color: Color = Color.AUTO,
    to: TextIO | None = None,
) -> None:
    """Print problems; on standard error unless they are the command's result.

    `format` is given by the commands that have the option.
    """
    stream = sys.stderr if to is None else to
    if stream is None:
        return
    colored = wants_color(color.value, stream.isatty(), os.environ)
    chosen = chosen_format(format)
    text = draw(problems, chosen, color=colored, by_format=format is not None)
    if "://" in text and "@" in text and chosen in (Format.TEXT, Format.GITHUB):
        from bcdslc.plan.hide import covered

        text = covered(text)
    if text:
        print(text, file=stream)


def outcome(problems: Sequence[Diagnostic], strict: bool = False) -> int:
    """Return the exit code: only errors count, with `strict` also warnings.

    A parameter or profile of the command line that the document lacks is a usage error.
    """
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    if any(problem.span is None for problem in problems):
        from bcdsl.analyze import UNKNOWN_PROFILE
        from bcdsl.resolve.names import UNKNOWN_PARAM

        asked = (UNKNOWN_PARAM, UNKNOWN_PROFILE)
        if any(problem.span is None and problem.code in asked for problem in problems):
            return exit_code.USAGE
    return exit_code.PROBLEMS if any(p.severity in bad for p in problems) else exit_code.FINE
