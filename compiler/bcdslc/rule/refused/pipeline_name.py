"""A pipeline's name is made of letters, digits, `_` and `-`; others read as history."""

from __future__ import annotations

from collections.abc import Iterator

from bcdsl.diagnostic import Severity
from bcdslc.rule.go_text import nth_byte, quoted
from bcdslc.rule.name import better, is_name, refusal
from bcdslc.rule.rule import Finding, Kind, Rule, World
from bcdslc.spec.spec import Spec

PATH = ("pipeline", "name")


def pipeline_name(spec: Spec, world: World) -> Iterator[Finding]:
    """Find a name that is none; `^`, `~` and `.` are first read as a step back in history."""
    name = spec.name
    if spec.request.pipeline is None or is_name(name):
        return
    if not name:
        yield Finding(
            path=PATH,
            message="the pipeline has no name",
            help="write `pipeline.name`",
            server="invalid pipeline spec: request.Pipeline.Name cannot be empty",
        )
        return
    sentence = first_look(name, spec.project)
    if sentence is None:
        return  # refused only when its output repo is made
    guess = better(name)
    yield Finding(
        path=PATH,
        message=f"the pipeline's name `{name}` may hold letters, digits, `_` and `-` only",
        help=f"use `{guess}`" if guess else None,
        server=sentence,
    )


def first_look(name: str, project: str) -> str | None:
    """Return the server's words, or None if it takes the name for a step back in history.

    It looks the pipeline up before it checks the name, and goes on with what stands before
    the step.

    pachyderm: src/internal/ancestry/ancestry.go, src/server/pps/server/api_server.go.
    """
    at = next((index for index, letter in enumerate(name) if letter in "^~."), None)
    base, back = name, 0
    if at is not None:
        found = _steps(name, at)
        if isinstance(found, str):
            return found
        base, back = name[:at], found
    if back < 0:
        return "cannot inspect future pipelines"
    if "@" in base:
        return (
            "pipeline was not inspected: couldn't find up to date spec for pipeline "
            f'"{project}/{base}": pick commit tx: calculate offset {project}/{base}.spec@master: '
            "count offset and clean: invalid ancestry format"
        )
    if not base:
        return "invalid pipeline spec: request.Pipeline.Name cannot be empty"
    if not is_name(base):
        return f"invalid pipeline name: {refusal(base)}"
    return None


def _steps(name: str, at: int) -> int | str:
    """Return how many versions back a name points, or what is wrong with it."""
    mark, rest = name[at], name[at + 1 :]
    digits = rest[1:] if rest[:1] in ("-", "+") else rest
    if digits.isascii() and digits.isdigit() and len(digits) < 19:
        return -int(rest) if mark == "." else int(rest)
    for letter in rest:
        if letter != mark:
            byte = nth_byte(letter, 0)
            return (
                f"invalid ancestry syntax {quoted(name)}, cannot mix {mark} and {byte} characters"
            )
    return -1 if mark == "." else len(rest) + 1


RULE = Rule(code="BC619", kind=Kind.REFUSED, severity=Severity.ERROR, check=pipeline_name)
