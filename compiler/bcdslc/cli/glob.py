"""`bcdsl glob`: what a glob or a pattern matches and captures, and where it surprises."""

from typing import Annotated, Any

from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption


def command(
    pattern: Annotated[
        str | None, Argument(metavar="PATTERN", help="A glob, or a pattern with <names>.")
    ] = None,
    folder: Annotated[
        str | None, Option("--in", metavar="DIR", help="Match the files of a folder.")
    ] = None,
    paths: Annotated[
        str | None,
        Option("--paths", metavar="FILE", help="Match listed paths; `-`: standard input."),
    ] = None,
    template: Annotated[
        str | None,
        Option("--template", metavar="KEY", help="Expand a key such as `$1` or `<exam>`."),
    ] = None,
    raw: Annotated[bool, Option("--raw", help="Take `<` and `>` as characters.")] = False,
    json: Annotated[bool, Option("--json", help="Write one JSON line per match.")] = False,
    limit: Annotated[
        int,
        Option("--limit", "-n", metavar="N", min=0, help="Show at most so many matches; 0: all."),
    ] = 50,
    batch: Annotated[bool, Option("--batch", help="Answer JSON lines on standard input.")] = False,
    color: ColorOption = Color.AUTO,
) -> int:
    """Show what a glob matches and captures; without paths, what it means."""
    from bcdslc.cli.show import outcome, show
    from bcdslc.glob.preview import preview

    if batch:
        return _answer_lines(pattern)
    if pattern is None:
        raise WrongUsageError("give a glob or a pattern", param_hint="PATTERN")
    if folder is not None and paths is not None:
        raise WrongUsageError("give one of `--in` and `--paths`", param_hint="--paths")
    shown, problems = preview(pattern, raw=raw)
    wrong = _crash(template)
    show((*problems, *wrong), color=color)
    if shown is None or wrong:
        return outcome((*problems, *wrong))
    place = folder if folder is not None else paths
    if place is None:
        from bcdslc.view.glob import explained

        print(explained(shown))
        return outcome(problems)
    return _match(shown, place, template, json=json, limit=limit, color=color)


def _match(
    shown: Any, place: str, template: str | None, *, json: bool, limit: int, color: Color
) -> int:
    from itertools import islice

    from bcdslc.cli import exit_code
    from bcdslc.cli.show import outcome, show
    from bcdslc.glob.preview import matches
    from bcdslc.tree.open_data import open_data
    from bcdslc.view import glob as view

    tree = open_data(place)
    show(tree.problems, color=color)
    if outcome(tree.problems) != exit_code.FINE:
        return exit_code.PROBLEMS
    found = matches(shown, tree.entries, template)
    if json:
        for match in islice(found, limit) if limit else found:
            print(view.json_line(shown, match))
        return exit_code.FINE
    listed = list(islice(found, limit) if limit else found)
    matching = len(listed) + sum(1 for _ in found)
    for line in view.table(shown, listed):
        print(line)
    if listed:
        print()
    print(view.counted(matching, len(tree.entries), len(listed)))
    if not matching and tree.entries:
        print(view.nearest(shown, tree.entries))
    return exit_code.FINE


def _crash(template: str | None) -> tuple[Any, ...]:
    from bcdsl.pattern.flaw import diagnose
    from bcdsl.pattern.template import crashes
    from bcdsl.source import SourceFile, Span

    text = template or ""
    place = Span(SourceFile("template", text), 0, len(text))
    return tuple(diagnose(flaw, place) for flaw in crashes(text))


def _answer_lines(pattern: str | None) -> int:
    from bcdslc.cli import exit_code
    from bcdslc.cli.answer_lines import answer_lines
    from bcdslc.glob.batch import answer

    if pattern is not None:
        raise WrongUsageError("`--batch` reads its globs from the lines", param_hint="PATTERN")
    answer_lines(answer)
    return exit_code.FINE
