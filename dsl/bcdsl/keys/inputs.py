"""The keys of inputs and cron inputs, and the operators that combine them."""

from __future__ import annotations

from bcdsl.form import Integer, Key, Record, Text
from bcdsl.keys.shared import EACH, FLAG, INT64

OPERATORS = {
    "join": "Combine files whose keys are equal: the names that all inputs share.",
    "cross": "Combine every file of each input with every file of the others.",
    "union": "Take the datums of each input, one after the other.",
    "group": "Put all files whose keys are equal into one datum.",
}
NOT_INPUT_NAMES = ("of", "cron", *OPERATORS, "each", "out", ".env")


TRIGGER = Record(
    "trigger",
    {
        "size": Key(
            Text("a size", examples=("100M",)),
            "Fire when so many bytes were added; multipliers are decimal.",
            "`trigger.size`",
        ),
        "commits": Key(Integer(1, INT64), "Fire after so many new commits.", "`trigger.commits`"),
        "cron": Key(
            Text("a cron spec", examples=("daily", "0 3 * * 1")),
            "Fire on a schedule; the other conditions then play no part.",
            "`trigger.cron_spec`",
        ),
        "rate_limit": Key(
            Text("a cron spec", examples=("hourly",)),
            "Fire at most once in a period.",
            "`trigger.rate_limit_spec`",
        ),
        "all": Key(
            FLAG, "All conditions must hold, not just one.", "`trigger.all`", default="false"
        ),
    },
)

LEAF = Record(
    "input",
    {
        "of": Key(
            Text("a ref", params=True, examples=("repo:/<name>",)),
            "What is read: `[project/]repo[@branch][:/pattern]`.",
            "`pfs.repo`, `pfs.branch`, `pfs.glob`, `pfs.project`",
            required=True,
        ),
        "keep": Key(FLAG, "Keep matches that some tied input lacks.", "`pfs.outer_join`", "false"),
        "empty_files": Key(
            FLAG, "Show the files' names only, without content.", "`pfs.empty_files`", "false"
        ),
        "lazy": Key(
            FLAG, "Fetch a file when it is read; it can be read once.", "`pfs.lazy`", "false"
        ),
        "s3": Key(FLAG, "Serve the input as an S3 bucket.", "`pfs.s3`", "false"),
        "reference": Key(
            FLAG,
            "A change of this input does not run old datums again.",
            "`pfs.reference`",
            "false",
        ),
        "propagate": Key(
            FLAG, "`false`: a commit here starts no job.", "`pfs.propagation_spec.never`", "true"
        ),
        "trigger": Key(TRIGGER, "When commits on the watched branch start a job.", "`pfs.trigger`"),
        "name": Key(Text("a name"), "The folder under `/pfs`.", "`pfs.name`", "the repo's name"),
        "unnamed": Key(FLAG, "Emit no name, so that the order of the spec stays.", None, "false"),
        "join_on": Key(
            Text("a key", examples=("<name>",)),
            "The key inside a written `join`: text with `<name>` and `$n`.",
            "`pfs.join_on`",
            "the names that all inputs share",
        ),
        "group_by": Key(
            Text("a key", examples=("<name>",)),
            "The key inside a written `group`: text with `<name>` and `$n`.",
            "`pfs.group_by`",
            "the names that all inputs share, or the group's `each`",
        ),
    },
    exclusive=(("of", "cron"),),
    whole=True,
    elsewhere={
        "branch": "it stands in the ref: `repo@branch:/pattern`",
        "each": "it stands in the stage, beside `from`",
        "glob": "it stands in the ref: `repo:/pattern`",
        "outer_join": "write `keep`",
        "pfs": "write its ref: `of: repo@branch:/pattern`",
        "project": "it stands in the ref: `project/repo`",
        "repo": "it stands in the ref: `of: repo@branch:/pattern`",
    },
)

CRON = Record(
    "cron input",
    {
        "cron": Key(
            Text("a cron spec", examples=("daily", "hourly", "never", "0 3 * * 1", "every 90s")),
            "When it ticks: five fields, or a word.",
            "`cron.spec`",
            required=True,
        ),
        "overwrite": Key(
            FLAG, "Keep only the newest tick.", "`cron.overwrite`", "false: ticks accumulate"
        ),
        "start": Key(
            Text("a time", examples=("2024-01-01T00:00:00Z",)),
            "Where the ticks begin (RFC 3339).",
            "`cron.start`",
            "when the pipeline is made",
        ),
        "repo": Key(
            Text("a name"), "The repo that holds the ticks.", "`cron.repo`", "`<stage>_<name>`"
        ),
        "name": Key(Text("a name"), "The folder under `/pfs`.", "`cron.name`"),
    },
    exclusive=(("of", "cron"),),
    whole=True,
)

GROUP_EACH = Key(
    EACH,
    "The names of which a group has one value.",
    "`pfs.group_by` of the leaves below",
    "the names that all inputs share",
)
