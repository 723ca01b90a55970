"""The keys of a document and of its profiles."""

from __future__ import annotations

from bcdsl.form import Key, MapOf, Names, OneOrMany, Record, Short, Text
from bcdsl.keys.hardware import HARDWARE
from bcdsl.keys.shared import FLAG, PATTERNS, TEXT
from bcdsl.keys.stage import DEFAULTS, STAGE

REPO = Record(
    "repo",
    {
        "about": Key(TEXT, "What the repo holds."),
        "files": Key(PATTERNS, "The files that the repo holds."),
        "external": Key(
            FLAG, "The repo is never made, filled or destroyed from here.", None, "false"
        ),
    },
)
PARAM = Record(
    "parameter",
    {
        "default": Key(Text("a value"), "Its value, unless it is filled otherwise."),
        "about": Key(TEXT, "What the parameter is for."),
    },
)
LOCAL_IMAGE = Record(
    "local image",
    {
        "dir": Key(Text("a path"), "The working directory, relative to the document."),
        "env": Key(MapOf("a variable", Text("a value")), "Variables of the program."),
        "path": Key(
            OneOrMany(Text("a folder"), "a folder, or a list of folders"),
            "Folders put before PATH, relative to the document.",
        ),
    },
)
LOCAL = Record(
    "local",
    {"images": Key(MapOf("an image", LOCAL_IMAGE), "What stands for an image on this machine.")},
)

_BODY = {
    "dag": Key(Text("a name"), "The DAG's name, the mark of who owns it.", None, "the file's stem"),
    "about": Key(TEXT, "What the DAG is for."),
    "project": Key(
        Text("a name"),
        "Pachyderm's project.",
        "`pipeline.project.name`, `pfs.project`",
        "neither is emitted",
    ),
    "repos": Key(Names("a repo", REPO), "The sources."),
    "params": Key(
        MapOf("a parameter", Short(Text("a value"), "default", PARAM, null=True), identifiers=True),
        "Names fixed at compile time; `~` leaves one unfilled.",
    ),
    "names": Key(
        MapOf("a name", Text("a pattern without names", examples=("L_CC|R_CC",)), identifiers=True),
        "Narrows a name wherever it is written bare.",
    ),
    "hardware": Key(MapOf("a class", HARDWARE), "Classes of hardware."),
    "defaults": Key(DEFAULTS, "What lies under every stage."),
    "local": Key(LOCAL, "For running on this machine only."),
    "stages": Key(MapOf("a stage", STAGE), "The pipelines, by name."),
}
PROFILE = Record("profile", dict(_BODY))
DOCUMENT = Record(
    "document",
    {
        **_BODY,
        "profiles": Key(MapOf("a profile", PROFILE), "Laid over the document by `--profile`."),
    },
    elsewhere=dict.fromkeys(
        ("pipeline", "transform", "input"),
        "a spec of Pachyderm's has it: `bcdsl lint` reads those, a document has `stages`",
    ),
)
ABSENT = ("extends", "prefix")  # keys of the language that this version does not read
