"""Where the fields of a spec in a file stand."""

from __future__ import annotations

import pytest

from bcdsl.source import SourceFile
from bcdslc.spec.read import read_specs

JSON = """{
  "pipeline": {"name": "a"},
  "output_branch": "x\\n",
  "input": {"cross": [{"pfs": {"repo": "r"}}, {"pfs": {"repo": "s", "joinOn": "$1"}}]}
}
"""
YAML = """pipeline: {name: a}
output_branch: x
input:
  cross:
  - pfs: {repo: r}
  - pfs: {repo: s, joinOn: $1}
"""


@pytest.mark.parametrize(
    ("text", "path", "value", "key"),
    [
        (JSON, ("pipeline", "name"), '"a"', '"name"'),
        (JSON, ("outputBranch",), '"x\\n"', '"output_branch"'),
        (JSON, ("input", "cross", 1, "pfs", "joinOn"), '"$1"', '"joinOn"'),
        (JSON, ("input", "cross", 0, "pfs", "glob"), '"pfs"', '"pfs"'),
        (JSON, ("salt",), "{", "{"),
        (YAML, ("pipeline", "name"), "a", "name"),
        (YAML, ("outputBranch",), "x", "output_branch"),
        (YAML, ("input", "cross", 1, "pfs", "joinOn"), "$1", "joinOn"),
        (YAML, ("input", "cross", 0, "pfs", "glob"), "pfs", "pfs"),
        (YAML, ("salt",), "pipeline", "pipeline"),
    ],
)
def test_a_place(text: str, path: tuple[str | int, ...], value: str, key: str) -> None:
    """A field is found in either spelling; one that is missing, at what it is missing from."""
    (spec,) = read_specs(SourceFile("a.yaml", text)).specs
    at, name = spec.at(*path), spec.key(*path)
    assert at is not None
    assert name is not None
    assert (at.text, name.text) == (value, key)
