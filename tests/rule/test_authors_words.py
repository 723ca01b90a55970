"""A document's findings speak of the keys that its author wrote."""

from __future__ import annotations

import pytest

from bcdsl.analyze import FileProblem, Options
from bcdsl.source import SourceFile
from bcdslc.compile import compile_document
from bcdslc.rule.authors_words import in_authors_words


class NoFiles:
    """There is nothing beside the document."""

    def read(self, relative: str) -> str | FileProblem:
        """Say so."""
        return FileProblem(message=f"there is no {relative}")


@pytest.mark.parametrize(
    ("body", "code", "said"),
    [
        ("from: r, cmd: w, job_timeout: 1s, datum_timeout: 1h", "BC780", "`datum_timeout`"),
        ("cmd: w", "BC701", "there is no `from`"),
        ("from: r", "BC700", "there is no `cmd`"),
        ("from: r, cmd: w, hardware: {gpu: 1}", "BC789", "`autoscale: true`"),
    ],
)
def test_keys_are_those_of_the_document(body: str, code: str, said: str) -> None:
    """Message or advice names the language's key, not the spec's field."""
    text = f"repos: [r]\nstages:\n  a: {{image: i:1, {body}}}\n"
    found = compile_document(SourceFile("x.bc.yaml", text), Options(), NoFiles()).problems
    (one,) = [each for each in found if each.code == code]
    assert said in f"{one.message} {one.help}"


def test_other_words_stay() -> None:
    """Names of stages and texts of other kinds are left alone."""
    assert in_authors_words("`inputs` and `/pfs/input` and input") == (
        "`inputs` and `/pfs/input` and input"
    )
