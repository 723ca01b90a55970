"""Keys that an author may look for in a place where they do not stand."""

from __future__ import annotations

import pytest

from bcdsl.analyze import Options, analyze
from bcdsl.keys.document import DOCUMENT
from bcdsl.keys.inputs import LEAF
from bcdsl.keys.stage import DEFAULTS, STAGE
from bcdsl.source import SourceFile
from compiling import NoFiles

STAGE_WITH = "repos: [r]\nstages:\n  s: {{image: 'a:1', from: r, cmd: run, {key}: 1}}\n"


@pytest.mark.parametrize(
    ("key", "word"),
    [
        ("description", "`about`"),
        ("gpu", "`hardware`"),
        ("inputs", "`from`"),
        ("parallelism_spec", "`workers: n`"),
        ("parallelismSpec", "`workers: n`"),
        ("timeout", "`job_timeout`"),
    ],
)
def test_a_stage_says_where_it_stands(key: str, word: str) -> None:
    """A key of Pachyderm's, in either spelling, and an everyday word name the key to write."""
    (problem,) = analyze(SourceFile("p", STAGE_WITH.format(key=key)), Options(), NoFiles()).problems

    assert problem.code == "BC100"
    assert word in (problem.help or "")


def test_a_spec_is_told_from_a_document() -> None:
    """A spec of Pachyderm's that is given as a document is sent to `lint`."""
    spec = "pipeline: {name: a}\ntransform: {image: 'a:1'}\ninput: {pfs: {repo: r, glob: /}}\n"
    problems = analyze(SourceFile("p", spec), Options(), NoFiles()).problems

    assert {problem.code for problem in problems} == {"BC100"}
    assert all("`bcdsl lint`" in (problem.help or "") for problem in problems)


@pytest.mark.parametrize("record", [DOCUMENT, STAGE, DEFAULTS, LEAF], ids=lambda it: it.name)
def test_no_key_stands_elsewhere(record) -> None:
    """What is said to stand elsewhere is no key here: else it would never be told."""
    assert not set(record.elsewhere) & set(record.keys)
