"""Options of the commands that talk to a cluster."""

from typing import Annotated

import typer

Address = Annotated[
    str | None,
    typer.Option("--address", metavar="URL", help="The cluster, e.g. grpcs://pachd.example:443."),
]
Context = Annotated[
    str | None,
    typer.Option("--context", metavar="NAME", help="A context of pachctl's configuration."),
]
ProjectOption = Annotated[
    str | None,
    typer.Option("--project", metavar="NAME", help="The project of a document that names none."),
]
