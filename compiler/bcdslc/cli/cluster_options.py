"""Arguments and options of the commands that talk to a cluster, each said once."""

from typing import Annotated

from bcdslc.cli.declare import Argument, Option

Address = Annotated[
    str | None,
    Option("--address", metavar="URL", help="The cluster, e.g. grpcs://pachd.example:443."),
]
Context = Annotated[
    str | None,
    Option("--context", metavar="NAME", help="A context of pachctl's configuration."),
]
ProjectOption = Annotated[
    str | None,
    Option("--project", metavar="NAME", help="The project of a document that names none."),
]
Document = Annotated[str, Argument(metavar="FILE", help="The document.")]
StageFiles = Annotated[
    str, Argument(metavar="STAGE[:/GLOB]", help="A stage or repo, and which files.")
]
Yes = Annotated[bool, Option("--yes", "-y", help="Do not ask.")]
Reprocess = Annotated[
    list[str] | None,
    Option("--reprocess", metavar="STAGE", help="Run all datums of a stage; may be repeated."),
]
Recreate = Annotated[
    list[str] | None,
    Option(
        "--recreate",
        metavar="STAGE",
        help="If it must be, delete a stage with all it wrote and make it anew; may be repeated.",
    ),
]
Prune = Annotated[bool, Option("--prune", help="Delete our pipelines that the document lacks.")]
