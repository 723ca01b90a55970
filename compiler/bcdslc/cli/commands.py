"""Every command: its name, the module that holds it, and one line for `--help`.

Each module has a function `command`, whose signature is the command's and whose docstring
is its help. A module is imported only when its command runs.
"""

from __future__ import annotations

COMMANDS: dict[str, tuple[str, str]] = {
    "compile": ("bcdslc.cli.compile", "Turn a document into Pachyderm specs."),
    "check": ("bcdslc.cli.check", "Say what is wrong with documents."),
    "lint": ("bcdslc.cli.lint", "Say what Pachyderm would do with anybody's specs."),
    "explain": ("bcdslc.cli.explain", "Explain a code, or list all of them."),
    "schema": ("bcdslc.cli.schema", "Print a JSON Schema, or check a file with it."),
    "fmt": ("bcdslc.cli.fmt", "Lay out documents, without a change to what they say."),
    "init": ("bcdslc.cli.init", "Write a document to start from, and settings for editors."),
    "explain-input": ("bcdslc.cli.explain_input", "Say what one datum of a stage is."),
    "datums": ("bcdslc.cli.datums", "Show which files become which datum."),
    "run": ("bcdslc.cli.run", "Run the stages on this machine, as workers would."),
    "store": ("bcdslc.cli.store", "Look at what runs left behind."),
    "plan": ("bcdslc.cli.plan", "Show what would change on a cluster, and what would run."),
    "apply": ("bcdslc.cli.apply", "Make a cluster say what a document says, all or nothing."),
    "status": ("bcdslc.cli.status", "Show how the stages stand on a cluster."),
    "put": ("bcdslc.cli.put", "Put folders of this machine into a document's repos."),
    "get": ("bcdslc.cli.get", "Fetch what a stage wrote, or a repo holds."),
    "ls": ("bcdslc.cli.ls", "List what a stage wrote, or a repo holds."),
    "destroy": ("bcdslc.cli.destroy", "Delete from a cluster what a document made."),
    "glob": ("bcdslc.cli.glob", "Show what a glob matches."),
}
