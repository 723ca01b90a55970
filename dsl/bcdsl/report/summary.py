"""How many problems there are, in words."""

from __future__ import annotations

from collections.abc import Sequence

from bcdsl.diagnostic import Diagnostic, Severity


def counts(problems: Sequence[Diagnostic]) -> dict[Severity, int]:
    """Return how many problems there are of each severity."""
    found = dict.fromkeys(Severity, 0)
    for problem in problems:
        found[problem.severity] += 1
    return found


def in_words(problems: Sequence[Diagnostic]) -> str:
    """Return e.g. `2 errors, 1 warning`."""
    return ", ".join(
        f"{count} {severity.value}{'s' if count > 1 else ''}"
        for severity, count in counts(problems).items()
        if count
    )


def summary(problems: Sequence[Diagnostic], left_out: int = 0, by_format: bool = False) -> str:
    """Return the last line of a report: the counts, and what may be done next.

    `by_format` if the command could show in another format what is left out.
    """
    parts = [in_words(problems)]
    if left_out:
        hint = " (`--format concise` shows all)" if by_format else ""
        parts.append(f"{left_out} of them not shown{hint}")
    fixable = sum(problem.fix is not None for problem in problems)
    if fixable:
        parts.append(f"{fixable} can be repaired with `--fix`")
    first = next((p for p in problems if p.severity is Severity.ERROR), problems[0])
    parts.append(f"`bcdsl explain {first.code}` says more")
    return "; ".join(parts)
