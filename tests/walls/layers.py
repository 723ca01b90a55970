"""The order of the modules: a layer imports from itself and from the layers above it only.

ARCHITECTURE.md shows the same table. A module or package stands here by its name.
"""

from __future__ import annotations

LANGUAGE = (
    ("texts", ("frozen", "source", "suggest", "version", "generated")),
    ("findings", ("diagnostic", "finding", "explain")),
    ("nodes", ("yaml_tree", "yaml_accident", "place", "compose", "load", "core_value")),
    ("keys", ("form", "keys", "input_kind")),
    ("overlay", ("widen", "overlay")),
    ("small languages", ("grammar", "pattern")),
    ("as written", ("syntax", "read")),
    ("as meant", ("values", "model", "input_names", "ties", "resolve", "check")),
    ("front door", ("allow", "sound", "replaced", "analyze")),
    ("around it", ("schema", "report", "fmt")),
)
COMPILER = (
    ("specs", ("spec", "input_tree")),
    ("files and globs", ("glob", "tree")),
    ("passes", ("lower", "rule", "datum", "meaning")),
    ("texts out", ("collector", "json_text", "emit", "emit_yaml", "source_map", "output_files")),
    ("compiler", ("beside", "meant_words", "compile", "lint", "schema_check", "schema_words")),
    ("plans and effects", ("write_file", "write_outputs", "local", "cluster", "plan")),
    ("views", ("view", "starter")),
    ("commands", ("cli",)),
)
DOORS = {  # a foreign library: the modules that may import it
    "yaml": ("bcdsl.compose",),
    "lark": ("bcdsl.grammar.build",),
    "jsonschema": ("bcdslc.schema_check",),
    "typer": ("bcdslc.cli.program",),
    "grpc": ("bcdslc.cluster",),
    "python_pachyderm": ("bcdslc.cluster",),
    "google": ("bcdslc.cluster",),
    "certifi": ("bcdslc.cluster",),
    "subprocess": ("bcdslc.local", "bcdslc.cluster"),
    "multiprocessing": ("bcdslc.local",),
    "socket": ("bcdslc.local", "bcdslc.cluster"),
    "ctypes": ("bcdslc.local",),
}
