"""`bcdsl init`: a document to start from, and an editor that knows the language."""

import os
from typing import Annotated

from bcdslc.cli.declare import Argument


def command(
    folder: Annotated[
        str, Argument(metavar="[FOLDER]", help="Where to write; it is made if need be.")
    ] = ".",
) -> int:
    """Write a small document, the schema for editors, and settings for VS Code.

    Nothing is overwritten: if a file of these names says something else, nothing is written.
    """
    from bcdslc.cli import exit_code
    from bcdslc.cli.show import show
    from bcdslc.starter import DOCUMENT, in_the_way, starter
    from bcdslc.write_file import make_folder, write_file

    texts = starter()
    problems = in_the_way(folder, texts)
    if problems:
        show(problems)
        return exit_code.PROBLEMS
    for name, text in texts.items():
        path = os.path.normpath(os.path.join(folder, name))
        problem = make_folder(os.path.dirname(path) or ".") or write_file(path, text)
        if problem is not None:
            show([problem])
            return exit_code.PROBLEMS
        print(f"wrote {path}")
    document = os.path.normpath(os.path.join(folder, DOCUMENT))
    print(f"now: bcdsl check {document}")
    return exit_code.FINE
