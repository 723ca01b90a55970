"""Schedules: five fields, or a word, which Pachyderm wants with an `@`.

Whether five fields make sense is said of the spec, by the rules that every spec meets.
"""

from __future__ import annotations

from bcdsl.diagnostic import Diagnostic
from bcdsl.finding import error, replace_with
from bcdsl.place import inner
from bcdsl.source import Spanned
from bcdsl.suggest import nearest
from bcdsl.yaml_tree import Scalar

CODE = "BC127"

# pachyderm: src/internal/cronutil/cronutil.go, and robfig/cron v1.2.0, parser.go
WORDS = ("yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly", "never")


def read_cron(scalar: Scalar) -> Spanned[str] | Diagnostic:
    """Return a schedule as Pachyderm takes it, or why it is none."""
    text = scalar.text.strip()
    if text in WORDS or text.startswith("every "):
        return Spanned(f"@{text}", scalar.span)
    if text.startswith("@") or len(text.split()) > 1:
        return Spanned(text, scalar.span)
    guess = nearest(text, WORDS)
    return error(
        CODE,
        f"`{scalar.text}` is no schedule",
        scalar.span,
        f"write `{guess}`"
        if guess
        else "write five fields (`0 3 * * 1`), `every 90s`, or a word: " + ", ".join(WORDS),
        replace_with(inner(scalar), guess) if guess else None,
    )
