"""`bcdsl datums`: which files become which datum, without a cluster."""

import gc
import sys
from typing import Annotated

from bcdslc.cli.declare import Argument, Option, WrongUsageError
from bcdslc.cli.options import Color, ColorOption, Data, Params, Profiles, Stages


def command(
    file: Annotated[str | None, Argument(metavar="FILE", help="A document.")] = None,
    stage: Stages = None,
    data: Data = None,
    spec: Annotated[
        str | None, Option("--spec", metavar="SPEC", help="Pachyderm specs instead of FILE.")
    ] = None,
    limit: Annotated[
        int | None,
        Option(
            "--limit",
            "-n",
            metavar="N",
            min=0,
            help="Datums shown of a stage. [default: 20; all with --json]",
        ),
    ] = None,
    summary: Annotated[bool, Option("--summary", help="Numbers and oddities, no datums.")] = False,
    json: Annotated[bool, Option("--json", help="All of it for programs.")] = False,
    hashes: Annotated[
        bool, Option("--hashes", help="With --json: read the files, write their hashes.")
    ] = False,
    salt: Annotated[
        str, Option("--salt", metavar="SALT", help="The pipeline's salt, for --hashes.")
    ] = "",
    batch: Annotated[
        bool, Option("--batch", help="Answer lines of JSON on standard input.")
    ] = False,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Show which files of the given data become which datum, and what is left out and why.

    Upstream stages' outputs can be given as data, too: `--data crop=DIR`.
    """
    gc.disable()  # millions of small tuples, and no cycles among them: a third of the time
    if batch:
        return _batch()
    from bcdslc.cli.datum_sources import read_sources
    from bcdslc.cli.show import outcome, show
    from bcdslc.datum.preview import preview
    from bcdslc.datum.progress import Progress

    if (file is None) == (spec is None):
        raise WrongUsageError("give a document, or specs with --spec SPEC", param_hint="FILE")
    progress = Progress(sys.stderr)
    sources = read_sources(file, spec, stage, data, param, profile, progress.reading)
    show(sources.problems, color=color)
    if outcome(sources.problems):
        return outcome(sources.problems)
    rows = 0 if summary or json else 20 if limit is None else limit
    details = 100 if json else 5 if summary else 10
    previews = (
        preview(each, sources.inputs(each), sources.given.find, rows=rows, details=details)
        for each in progress.over(sources.specs)
    )
    if json:
        from bcdslc.view.datum_json import Wanted
        from bcdslc.view.datums_json import as_json

        wanted = Wanted(limit=limit, hashes=hashes, salt=salt, datums=not summary)
        sys.stdout.writelines(as_json(previews, wanted))
    else:
        from bcdslc.view.datums_text import stage_lines, summary_lines

        lines = summary_lines if summary else stage_lines
        for number, found in enumerate(previews):
            if number and not summary:
                print()
            print("\n".join(lines(found)))
    data_problems = sources.given.problems()
    show(data_problems, color=color)
    return outcome(data_problems)


def _batch() -> int:
    from bcdslc.cli import exit_code
    from bcdslc.cli.answer_lines import answer_lines
    from bcdslc.datum.batch import answer

    answer_lines(answer)
    return exit_code.FINE
