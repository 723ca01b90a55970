"""The keys of stages and of `defaults`."""

from __future__ import annotations

from bcdsl.form import (
    Boolean,
    Either,
    Enum,
    Inputs,
    Integer,
    Key,
    ListOf,
    MapOf,
    Raw,
    Record,
    Short,
    Text,
)
from bcdsl.keys.hardware import HARDWARE
from bcdsl.keys.shared import EACH, FLAG, INT64, LINES, PATTERNS, TEXT, WORDS

SCRIPT_FILE = Record(
    "script file", {"file": Key(Text("a path"), "A file beside the document.", required=True)}
)
_SCRIPT = Key(
    Either((Text("a script"), SCRIPT_FILE), "a script, or `{file: path}`"),
    "A text for a shell, or `{file: path}` relative to the document.",
    "`transform.cmd`: the shell's words, then the text",
)
_CMD = Key(WORDS, "A program and its arguments, run without a shell.", "`transform.cmd`")
ON_ERROR = Record(
    "on_error",
    {
        "cmd": Key(WORDS, "A program and its arguments.", "`transform.err_cmd`"),
        "script": Key(
            _SCRIPT.form, "A text for a shell.", "`transform.err_cmd`: the shell's words, the text"
        ),
        "stdin": Key(LINES, "Lines for its standard input.", "`transform.err_stdin`"),
    },
    exclusive=(("cmd", "script"),),
)
SECRET = Record(
    "secret",
    {
        "name": Key(TEXT, "The Kubernetes secret.", "`secrets.name`", required=True),
        "key": Key(TEXT, "The key in the secret.", "`secrets.key`"),
        "env_var": Key(TEXT, "The variable that holds the key's value.", "`secrets.env_var`"),
        "mount_path": Key(TEXT, "The folder that shows the keys.", "`secrets.mount_path`"),
    },
)
DATUMS_PER_SET = Record(
    "datums_per_set",
    {
        "size": Key(
            Text("a size", examples=("1G",)), "Bytes in a set.", "`datum_set_spec.size_bytes`"
        ),
        "per_worker": Key(
            Integer(1, INT64), "Sets for each worker.", "`datum_set_spec.per_worker`"
        ),
    },
    exclusive=(("size", "per_worker"),),
)
EGRESS = Record(
    "egress",
    {
        "objects": Key(
            Text("a URL", examples=("s3://bucket/folder",)),
            "An object store.",
            "`egress.object_storage.url`",
        ),
        "sql": Key(
            Text("a URL", examples=("postgresql://user@host:5432/db",)),
            "A database.",
            "`egress.sql_database.url`",
        ),
        "format": Key(
            Enum(("CSV", "JSON")),
            "How the files are written.",
            "`egress.sql_database.file_format.type`",
        ),
        "columns": Key(
            ListOf(TEXT, "a list of columns"),
            "The table's columns in order.",
            "`egress.sql_database.file_format.columns`",
        ),
        "secret": Key(
            Text("`name/key`"),
            "The secret that holds the password.",
            "`egress.sql_database.secret`",
        ),
    },
    exclusive=(("objects", "sql"),),
    whole=True,
)
SERVICE = Record(
    "service",
    {
        "port": Key(
            Integer(1, 65535), "The port on which the program listens.", "`service.internal_port`"
        ),
        "external": Key(
            Integer(1, 65535), "The port under which it is reached.", "`service.external_port`"
        ),
        "type": Key(
            Enum(("ClusterIP", "LoadBalancer", "NodePort")),
            "The kind of Kubernetes service.",
            "`service.type`",
            "`NodePort`",
        ),
    },
)
SPOUT = Record(
    "spout", {"service": Key(SERVICE, "A service beside the source.", "`spout.service`")}
)
_TEXTS = MapOf("a key", TEXT)
METADATA = Record(
    "metadata",
    {
        "labels": Key(_TEXTS, "Kubernetes labels.", "`metadata.labels`"),
        "annotations": Key(_TEXTS, "Kubernetes annotations.", "`metadata.annotations`"),
    },
)
STAGE_LOCAL = Record(
    "local of a stage",
    {"pfs": Key(Enum(("env",)), "The program finds its data by variables.", None)},
)


# what the compiler answers for, and what belongs to a command rather than to a spec
FORBIDDEN_IN_SPEC = (
    "pipeline",
    "input",
    "update",
    "reprocess",
    "dry_run",
    "spec_commit",
    "tf_job",
)

STAGE = Record(
    "stage",
    {
        "about": Key(TEXT, "What the stage does.", "`description`"),
        "from": Key(Inputs(), "What the stage reads.", "`input`"),
        "each": Key(
            EACH,
            "The names of which a datum has one value; `[]`: one datum in all.",
            "`input`",
            "one datum per combination",
        ),
        "writes": Key(PATTERNS, "The files that the stage writes."),
        "image": Key(Text("an image", params=True), "The container image.", "`transform.image`"),
        "cmd": _CMD,
        "stdin": Key(LINES, "Lines for the program's standard input.", "`transform.stdin`"),
        "script": _SCRIPT,
        "shell": Key(
            WORDS,
            "The words that stand before the script's text.",
            "`transform.cmd`",
            "`/bin/bash -euo pipefail -c`",
        ),
        "env": Key(
            MapOf("a variable", Text("a value", params=True)),
            "Variables of the program.",
            "`transform.env`",
        ),
        "secrets": Key(
            Either(
                (
                    MapOf("a variable or a folder", Text("`secret/key`, or a secret")),
                    ListOf(SECRET, "a list of secrets"),
                ),
                "`NAME: secret/key`, `/path: secret`, or a list",
            ),
            "Kubernetes secrets as variables (`NAME: secret/key`) or folders (`/path: secret`).",
            "`transform.secrets`",
        ),
        "pull_secrets": Key(
            ListOf(TEXT, "a list of secrets"),
            "Secrets for pulling the image.",
            "`transform.image_pull_secrets`",
        ),
        "hardware": Key(
            Short(Text("a class"), "extends", HARDWARE),
            "A class of `hardware`, or a body.",
            "`resource_requests`, `resource_limits`, `scheduling_spec`, …",
            "the class `default`, if there is one",
        ),
        "workers": Key(Integer(1, INT64), "How many workers.", "`parallelism_spec.constant`", "1"),
        "autoscale": Key(FLAG, "Stop the workers between jobs.", "`autoscaling`", "the cluster's"),
        "datums_per_set": Key(
            Either(
                (Integer(1, INT64), DATUMS_PER_SET),
                "a number, `{size: …}` or `{per_worker: …}`",
            ),
            "How datums are cut into sets.",
            "`datum_set_spec`",
            "four sets for each worker",
        ),
        "batch": Key(
            FLAG,
            "The program asks for datum after datum.",
            "`transform.datum_batching`",
            "false",
        ),
        "workdir": Key(TEXT, "Where the program starts.", "`transform.working_dir`", "the image's"),
        "user": Key(TEXT, "Who runs the program.", "`transform.user`", "the image's"),
        "tries": Key(Integer(1, INT64), "How often a datum is tried in all.", "`datum_tries`", "3"),
        "datum_timeout": Key(
            Text("a duration", examples=("90s", "5m", "1h30m")),
            "For one try of one datum.",
            "`datum_timeout`",
            "none",
        ),
        "job_timeout": Key(
            Text("a duration", examples=("2h",)), "For a whole job.", "`job_timeout`", "none"
        ),
        "accept_codes": Key(
            ListOf(Integer(-(2**63), INT64), "a list of whole numbers"),
            "Exit codes that count as success.",
            "`transform.accept_return_code`",
        ),
        "on_error": Key(
            Short(WORDS, "cmd", ON_ERROR),
            "What runs after a failing try.",
            "`transform.err_cmd`, `transform.err_stdin`",
        ),
        "output_branch": Key(
            TEXT, "The branch that the stage writes.", "`output_branch`", "`master`"
        ),
        "egress": Key(
            Either((Text("a URL"), EGRESS), "a URL, `{objects: URL}` or `{sql: URL, …}`"),
            "Where the output is copied to.",
            "`egress`",
        ),
        "s3_out": Key(FLAG, "The output is written through an S3 bucket.", "`s3_out`", "false"),
        "service": Key(SERVICE, "The program keeps running and serves.", "`service`"),
        "spout": Key(
            Either((Boolean(only=True), SPOUT), "`true`, or `{service: …}`"),
            "The program is a source without inputs.",
            "`spout`",
        ),
        "reprocess_when": Key(
            Enum(("until_success", "every_job")),
            "When a datum runs again.",
            "`reprocess_spec`",
            "`until_success`",
        ),
        "metadata": Key(METADATA, "Labels and annotations of the pods.", "`metadata`"),
        "local": Key(STAGE_LOCAL, "How this machine runs the stage."),
        "spec": Key(
            Raw(), "Raw fields of the pipeline spec, laid over what is emitted.", "as written"
        ),
    },
    exclusive=(("cmd", "script"), ("service", "spout")),
    elsewhere={
        "autoscaling": "write `autoscale`",
        "command": "write `cmd`",
        **dict.fromkeys(("cpu", "disk", "gpu", "memory"), "it stands in `hardware`"),
        "datum_set_spec": "write `datums_per_set`",
        "datum_tries": "write `tries`",
        "description": "write `about`",
        "depends_on": "the order follows from what stages read: write `from`",
        "input": "write `from` and `each`",
        "inputs": "write `from`",
        "parallelism": "write `workers`",
        "parallelism_spec": "write `workers: n`",
        "pipeline": "the stage's name is the pipeline's, and `project` stands at the top",
        "reprocess_spec": "write `reprocess_when`",
        "resource_limits": "write `hardware`: `memory: ..6G` is a limit",
        "resources": "write `hardware`",
        "resource_requests": "write `hardware`: `memory: 6G` is a request",
        "timeout": "write `job_timeout`, or `datum_timeout` for one try of one datum",
        "transform": "its fields stand in the stage itself: `image`, `cmd`, `env`, …",
    },
)
NOT_IN_DEFAULTS = ("from", "each", "writes", "about", "output_branch")
DEFAULTS = Record(
    "defaults",
    {name: key for name, key in STAGE.keys.items() if name not in NOT_IN_DEFAULTS},
    exclusive=STAGE.exclusive,
    elsewhere={
        **STAGE.elsewhere,
        **dict.fromkeys(NOT_IN_DEFAULTS, "write it in each stage that needs it"),
    },
)
