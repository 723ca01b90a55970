"""`bcdsl lint`: what a server would refuse, fail or misread, for anybody's specs."""

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated

from bcdslc.cli import exit_code
from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, FormatOption, Strict

if TYPE_CHECKING:
    from bcdsl.report.draw import Format
    from bcdslc.lint.lint import Linted
    from bcdslc.rule.rule import World

Codes = Annotated[
    list[str] | None,
    Option(metavar="CODES", help="Codes, cut short if wanted, with commas between."),
]


def command(
    paths: Annotated[
        list[str] | None,
        Argument(metavar="PATH…", help="Files and folders; `-` is standard input."),
    ] = None,
    format: FormatOption = None,
    select: Codes = None,
    ignore: Codes = None,
    strict: Strict = False,
    fix: Annotated[bool, Option("--fix", help="Carry out the safe repairs first.")] = False,
    target: Annotated[str, Option(metavar="2.5…2.12", help="The server's version.")] = "2.12",
    repos: Annotated[
        str | None,
        Option(metavar="REPOS", help="All repos that exist outside, with commas between."),
    ] = None,
    assume_repos: Annotated[
        bool, Option("--assume-repos", help="Take every repo that is read to exist.")
    ] = False,
    batch: Annotated[
        bool,
        Option("--batch", help="Read lines with a spec and its world, write verdicts."),
    ] = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """Lint pipeline specs, JSON or YAML, as Pachyderm's server would read them.

    Rules come in five kinds: refused by the server, fails later, does something else than it
    says, ignored, style. Nothing below version 2.12 was measured; older targets follow the
    release notes.
    """
    minor = _minor(target)
    if batch:
        return _batch(minor)
    if not paths:
        raise WrongUsageError("name a file or a folder", param_hint="PATH…")
    if fix and "-" in paths:
        raise WrongUsageError("standard input cannot be repaired in place", param_hint="--fix")
    from bcdslc.cli.repair import repair
    from bcdslc.cli.show import outcome
    from bcdslc.lint.lint import Asked, lint

    asked = Asked(
        world=_world(minor, repos),
        assume_repos=assume_repos,
        select=_codes(select, "--select"),
        ignore=_codes(ignore, "--ignore"),
    )
    again = partial(lint, paths, asked)
    linted = again()
    if fix:
        linted = repair(linted, lambda result: result.problems, again)
    _show(linted, format, color)
    return outcome(linted.problems, strict)


def _minor(target: str) -> int:
    major, _, minor = target.removeprefix("v").partition(".")
    if major == "2" and minor.isdecimal() and 5 <= int(minor) <= 12:
        return int(minor)
    raise WrongUsageError(f"`{target}` is not one of 2.5 to 2.12", param_hint="--target")


def _codes(words: list[str] | None, option: str) -> tuple[str, ...]:
    """Return the codes of an option; a usage error if one is the start of no code."""
    from bcdsl.explain.index import load

    codes = tuple(part.strip() for word in words or () for part in word.split(","))
    for code in codes:
        if not code or not any(known.startswith(code) for known in load()):
            raise WrongUsageError(f"no code starts with `{code}`", param_hint=option)
    return codes


def _world(minor: int, repos: str | None) -> "World":
    from bcdslc.rule.rule import World

    if repos is None:
        return World(target=minor)
    pairs = [_pair(word.strip()) for word in repos.split(",") if word.strip()]
    return World(target=minor, closed_repos=True, repos=frozenset(pairs))


def _pair(word: str) -> tuple[str, str]:
    project, slash, repo = word.partition("/")
    return (project, repo) if slash else ("default", project)


def _batch(minor: int) -> int:
    from bcdslc.lint.batch import NotALineError, answers

    try:
        for answer in answers(sys.stdin, minor):
            print(answer)
    except NotALineError as wrong:
        print(f"bcdsl lint --batch: {wrong}", file=sys.stderr)
        return exit_code.USAGE
    return exit_code.FINE


def _show(linted: "Linted", format: "Format | None", color: Color) -> None:
    """Print the findings and one line about all of them; on standard error what was passed by."""
    import os

    from bcdsl.report.draw import Format, draw, wants_color
    from bcdslc.cli.show import chosen_format

    for line in _passed_by(linted):
        print(line, file=sys.stderr)
    chosen = chosen_format(format)
    colored = wants_color(color.value, sys.stdout.isatty(), os.environ)
    text = draw(linted.problems, chosen, color=colored, by_format=True)
    if chosen is Format.TEXT:
        body, gap, last = text.rpartition("\n\n")
        text = f"{body}{gap}{_counted(linted)}: {last or 'nothing found'}"
    if text:
        print(text)


def _counted(linted: "Linted") -> str:
    specs, files = len(linted.specs), linted.files
    return f"{specs} spec{'' if specs == 1 else 's'} in {files} file{'' if files == 1 else 's'}"


def _passed_by(linted: "Linted") -> list[str]:
    lines = []
    for kind, paths, advice in (
        ("jsonnet template", linted.found.templates, "the server renders it; lint what comes out"),
        ("bcdsl document", linted.found.documents, "`bcdsl check` reads it"),
    ):
        if len(paths) > 3:
            lines.append(f"passed by {len(paths)} {kind}s, {paths[0]} the first: {advice}")
        else:
            lines += [f"passed by the {kind} {path}: {advice}" for path in paths]
    return lines
