"""`bcdsl explain-input`: what one datum of a stage is, in plain words."""

import gc
import sys
from typing import Annotated

from bcdslc.cli.declare import Argument
from bcdslc.cli.options import Color, ColorOption, Data, Params, Profiles, Stages


def command(
    file: Annotated[str, Argument(metavar="FILE", help="A document.")],
    stage: Stages = None,
    data: Data = None,
    param: Params = None,
    profile: Profiles = None,
    color: ColorOption = Color.AUTO,
) -> int:
    """Say what a stage's inputs mean: in words, as Pachyderm gets them, and on given data."""
    gc.disable()  # as for `datums`
    from textwrap import fill

    from bcdslc.cli.datum_sources import read_sources
    from bcdslc.cli.show import outcome, show
    from bcdslc.datum.preview import preview
    from bcdslc.datum.progress import Progress
    from bcdslc.spec.tree import tree_of
    from bcdslc.view.datums_text import stage_lines
    from bcdslc.view.input_tree_text import tree_lines
    from bcdslc.view.input_words import words

    progress = Progress(sys.stderr)
    sources = read_sources(file, None, stage, data, param, profile, progress.reading)
    show(sources.problems, color=color)
    if outcome(sources.problems):
        return outcome(sources.problems)
    for number, spec in enumerate(progress.over(sources.specs)):
        inputs, tree = sources.inputs(spec), tree_of(spec.request.input)
        lines = [f"`{spec.name}` reads nothing."]
        if inputs is not None and tree is not None:
            text = words(spec.name, inputs)
            lines = [fill(text, 78, break_on_hyphens=False, break_long_words=False), ""]
            lines += ["Pachyderm gets:", *tree_lines(tree, "  ")]
            if data:
                found = preview(spec, inputs, sources.given.find, rows=3, details=3)
                lines += ["", *stage_lines(found)]
        print("\n" * bool(number) + "\n".join(lines))
    show(sources.given.problems(), color=color)
    return outcome(sources.given.problems())
