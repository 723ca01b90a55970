"""Every line of the table in the language reference: what is written, what is emitted."""

from __future__ import annotations

import pytest

from compiling import brief, input_of, specs_of

INPUTS = {
    "one name": ("from: a:/<x>", "a /*"),
    "a join and a cross": (
        'from: ["a:/<x>", "b:/<x>/*", m]',
        'cross(join(a /(*) "$1", b /(*)/* "$1"), m /)',
    ),
    "two names in two orders": (
        'from: ["a:/<y>/<m>", "b:/<m>/<y>"]',
        'join(a /(*)/(*) "$1/$2", b /(*)/(*) "$2/$1")',
    ),
    "nothing shared": ('from: ["a:/<x>", "b:/<y>"]', "cross(a /*, b /*)"),
    "each of one input": ("from: a:/<x>/<y>\neach: x", 'group(a /(*)/* by "$1")'),
    "each always groups": ("from: a:/<x>\neach: x", 'group(a /(*) by "$1")'),
    "each beside a clock": (
        'from: {t: {cron: daily}, a: "a:/<x>"}\neach: x',
        'cross(group(cron t @daily), group(a /(*) by "$1"))',
    ),
    "each beside a clock that keeps one tick": (
        'from: {t: {cron: daily, overwrite: true}, a: "a:/<x>"}\neach: x',
        'cross(cron t @daily overwrite, group(a /(*) by "$1"))',
    ),
    "each of a join": (
        'from: ["a:/<x>/<y>", "b:/<x>/<y>"]\neach: x',
        'group(join(a /(*)/(*) "$1/$2" by "$1", b /(*)/(*) "$1/$2" by "$1"))',
    ),
    "each of kept inputs": (
        'from: [{of: "a:/<x>/<y>", keep: true}, {of: "b:/<x>/<y>", keep: true}]\neach: x',
        'group(a /(*)/* by "$1", b /(*)/* by "$1")',
    ),
    "each beside an input without names": (
        'from: ["a:/<x>/<y>", "m:/*"]\neach: x',
        'cross(group(a /(*)/* by "$1"), group(m /*))',
    ),
    "each beside a literal pattern": (
        'from: ["a:/<x>/<y>", "m:/w.h5"]\neach: x',
        'cross(group(a /(*)/* by "$1"), m /w.h5)',
    ),
    "operators beside others": (
        'from: [a, {group: ["d:/<day>", {join: {l: "b:/<site>/<day>", t: "c:/<site>/<day>"}}]}]',
        'cross(a /, group(d /(*) by "$1", '
        'join(l=b /(*)/(*) "$1/$2" by "$2", t=c /(*)/(*) "$1/$2" by "$2")))',
    ),
    "alternatives of one name": (
        'from: {union: [{D: "a:/*"}, {D: "b:/*"}]}',
        "union(D=a /*, D=b /*)",
    ),
    "a clock and a file": (
        'from: {tick: {cron: never, overwrite: true}, S: "r:/s.json"}',
        "cross(cron tick @never overwrite, S=r /s.json)",
    ),
}


@pytest.mark.parametrize(("written", "emitted"), INPUTS.values(), ids=INPUTS)
def test_input(written: str, emitted: str) -> None:
    """A line of the table about inputs emits exactly its tree."""
    assert brief(input_of(written)) == emitted


def test_trigger() -> None:
    """A trigger watches the written branch through a branch of the stage's own."""
    found = input_of("from: {of: a@b, trigger: {commits: 3}}")
    assert found["pfs"]["branch"] == "s-trigger-1"
    assert found["pfs"]["trigger"] == {"branch": "b", "commits": 3}


def test_trigger_without_branch() -> None:
    """A trigger on a ref without branch watches what any ref reads."""
    found = input_of("from: {of: a, trigger: {commits: 3}}")
    assert found["pfs"]["trigger"]["branch"] == "master"


def test_triggers_are_counted_by_repo_name() -> None:
    """Triggered inputs of one repo's name are counted in the order in which they are emitted."""
    found = input_of(
        "from: {B: {of: p/a, trigger: {commits: 3}}, A: {of: q/a, trigger: {commits: 2}}, "
        "C: {of: b, trigger: {commits: 2}}}"
    )
    branches = {part["pfs"]["name"]: part["pfs"]["branch"] for part in found["cross"]}
    assert branches == {"A": "s-trigger-1", "B": "s-trigger-2", "C": "s-trigger-1"}


def test_tick_repo_is_read_by_others() -> None:
    """`<stage>_<cron>` is a repo, written by its stage."""
    found = specs_of(
        "stages:\n"
        "  b: {image: tools:1.0, cmd: work, from: {tick: {cron: never, overwrite: true}}}\n"
        "  a: {image: tools:1.0, cmd: work, from: 'b_tick:/<t>'}\n"
    )
    assert list(found) == ["b", "a"]
    assert brief(found["a"]["input"]) == "b_tick /*"


RESOURCES = """\
repos: [r]
stages:
  s:
    image: tools:1.0
    cmd: work
    from: r
    hardware: {cpu: 3.3..4.5, memory: %s}
"""


@pytest.mark.parametrize(
    ("memory", "requests", "limits"),
    [
        ("..6G", {"cpu": 3.3}, {"cpu": 4.5, "memory": "6G"}),
        ("4G", {"cpu": 3.3, "memory": "4G"}, {"cpu": 4.5}),
        ("4G..", {"cpu": 3.3, "memory": "4G"}, {"cpu": 4.5}),
        ("4G..6G", {"cpu": 3.3, "memory": "4G"}, {"cpu": 4.5, "memory": "6G"}),
    ],
)
def test_ranges(memory: str, requests: dict[str, object], limits: dict[str, object]) -> None:
    """The low end of a range is a request, the high end a limit."""
    found = specs_of(RESOURCES % memory)["s"]
    assert found["resourceRequests"] == requests
    assert found["resourceLimits"] == limits


def test_secrets() -> None:
    """A variable and a folder of secrets."""
    found = specs_of(
        "repos: [r]\nstages:\n  s:\n    image: tools:1.0\n    cmd: work\n    from: r\n"
        "    secrets: {PW: s/key, /var/db: s}\n"
    )["s"]
    assert found["transform"]["secrets"] == [
        {"name": "s", "key": "key", "envVar": "PW"},
        {"name": "s", "mountPath": "/var/db"},
    ]


SCRIPT = """\
repos: [r]
stages:
  s:
    image: tools:1.0
    from: r
    script: |
      cat /pfs/r/*
      echo done
"""


def test_script() -> None:
    """A script is the last word of its shell's command."""
    cmd = specs_of(SCRIPT)["s"]["transform"]["cmd"]
    assert cmd == ["/bin/bash", "-euo", "pipefail", "-c", "cat /pfs/r/*\necho done\n"]


def test_shell() -> None:
    """`shell` replaces what stands before the text."""
    cmd = specs_of(SCRIPT + "    shell: python3 -c\n")["s"]["transform"]["cmd"]
    assert cmd == ["python3", "-c", "cat /pfs/r/*\necho done\n"]
