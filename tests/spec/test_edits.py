"""Repairs as edits: comments and spelling stay."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bcdsl.report.apply_fixes import apply_fixes
from bcdsl.source import SourceFile
from bcdslc.spec.edits import edits
from bcdslc.spec.read import read_specs

Path = tuple[str | int, ...]


def edited(text: str, path: Path, value: object) -> str | None:
    """Return a text with the field at a path given a value, or None if that is not safe."""
    (spec, *_) = read_specs(SourceFile("a.yaml", text)).specs
    found = edits(spec.origins, path, value)
    for edit in sorted(found, key=lambda edit: edit.span.start, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text if found else None


@pytest.mark.parametrize("text", ['{\n  "salt": "a"\n}\n', "salt: a\n", "salt: |\n  a\n"])
def test_lines_that_are_added_end_as_the_others(text: str) -> None:
    """In a file whose lines end in CR and LF, those that are added do too."""
    plain = edited(text, ("datumTries",), 3)
    windows = edited(text.replace("\n", "\r\n"), ("datumTries",), 3)

    assert plain is not None
    assert windows == plain.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('{"standby": true, "salt": "a"}', '{"autoscaling": true, "salt": "a"}'),
        ("standby: true  # why\n", "autoscaling: true  # why\n"),
        ("'standby': true\n", "'autoscaling': true\n"),
        ("standby: true\nautoscaling: false\n", None),
        (
            '{"input": {"cross": [{"atom": {"repo": "a"}}]}}',
            '{"input": {"cross": [{"pfs": {"repo": "a"}}]}}',
        ),
        ("egress: {url: s3://b}\n", "egress: {URL: s3://b}\n"),
        ('{"salt": "a"}\n  {"salt": "b"}\n', '{"salt": "a"}\n---\n  {"salt": "b"}\n'),
        ('{"salt": "a"} {"salt": "b"}', '{"salt": "a"} \n---\n{"salt": "b"}'),
        ('{"salt": "a"}\r\n{"salt": "b"}', '{"salt": "a"}\r\n---\r\n{"salt": "b"}'),
        ("enable_stats: true\nsalt: a\n", "salt: a\n"),
        ("chunk_spec: {}\n", None),
    ],
)
def test_old_specs_are_carried_over(text: str, wanted: str | None) -> None:
    """What only has another name now gets it, and documents are parted; nothing else changes."""
    fixes = [each for each in read_specs(SourceFile("a.json", text)).problems if each.fix]
    texts = apply_fixes(fixes).texts.values()

    assert list(texts) == ([wanted] if wanted else [])
    for after in texts:
        read = read_specs(SourceFile("a.json", after))
        assert read.specs
        assert read.problems == ()


@pytest.mark.parametrize(
    ("text", "path", "value", "wanted"),
    [
        ('{"salt": "a", "s3Out": true}', ("s3Out",), None, '{"salt": "a"}'),
        ('{"s3_out": true, "salt": "a"}', ("s3Out",), None, '{"salt": "a"}'),
        ('{"s3Out": true}', ("s3Out",), None, "{}"),
        (
            '{\n  "salt": "a",\n  "s3Out": true,\n  "update": true\n}',
            ("s3Out",),
            None,
            '{\n  "salt": "a",\n  "update": true\n}',
        ),
        ('{\n  "salt": "a",\n  "s3Out": true\n}', ("s3Out",), None, '{\n  "salt": "a"\n}'),
        ('{"salt": "a"}', ("salt",), "b", '{"salt": "b"}'),
        ('{"salt": "a"}', ("datumTries",), 3, '{"salt": "a", "datumTries": 3}'),
        (
            '{\n  "output_branch": "a"\n}',
            ("datumTries",),
            3,
            '{\n  "output_branch": "a",\n  "datum_tries": 3\n}',
        ),
        (
            '{"salt": "a"}',
            ("parallelismSpec", "constant"),
            1,
            '{"salt": "a", "parallelismSpec": {"constant": 1}}',
        ),
        ("salt: a  # why\ns3Out: true\n", ("s3Out",), None, "salt: a  # why\n"),
        ("s3Out: true\n# why\nsalt: a\n", ("s3Out",), None, "# why\nsalt: a\n"),
        ("salt: a  # why\n", ("salt",), "b", "salt: b  # why\n"),
        ("salt: 'a'\n", ("salt",), "b", "salt: 'b'\n"),
        ("salt: a\n", ("salt",), "true", 'salt: "true"\n'),
        ("salt: a\n", ("datumTries",), 3, "salt: a\ndatumTries: 3\n"),
        ("salt: a", ("datumTries",), 3, "salt: a\ndatumTries: 3\n"),
        ("output_branch: a\n", ("datumTries",), 3, "output_branch: a\ndatum_tries: 3\n"),
        (
            "input:\n  pfs:\n    repo: a\n    lazy: true\n",
            ("input", "pfs", "lazy"),
            None,
            "input:\n  pfs:\n    repo: a\n",
        ),
        (
            "tolerations:\n- key: a\n  value: b\n- key: c\n",
            ("tolerations", 0),
            None,
            "tolerations:\n- key: c\n",
        ),
        (
            "tolerations:\n- key: a\n  value: b\n",
            ("tolerations", 0, "key"),
            None,
            "tolerations:\n- value: b\n",
        ),
        (
            "transform:\n  stdin:\n  - |\n    a\n    b\n  - c\nsalt: x\n",
            ("transform", "stdin", 0),
            None,
            "transform:\n  stdin:\n  - c\nsalt: x\n",
        ),
        (
            "transform:\n  cmd:\n  - a b\n  image: x\n",
            ("transform", "cmd"),
            ["a", "b"],
            'transform:\n  cmd: ["a", "b"]\n  image: x\n',
        ),
        (
            "transform:\n  cmd:\n  - a b  # why\n",
            ("transform", "cmd"),
            ["a", "b"],
            'transform:\n  cmd: ["a", "b"]  # why\n',
        ),
        ("transform:\n  cmd:\n  - a  # why\n  - b\n", ("transform", "cmd"), ["a", "b"], None),
        ("{salt: a, # why\n s3Out: true}", ("salt",), None, None),
    ],
)
def test_an_edit(text: str, path: Path, value: object, wanted: str | None) -> None:
    """Only the field itself changes; where a comment would have to go, nothing does."""
    assert edited(text, path, value) == wanted


FIELDS: dict[str, Any] = {
    "pipeline": {"name": "a"},
    "salt": "s",
    "transform": {"cmd": ["x", "y"], "env": {"A": "b"}},
    "input": {"pfs": {"repo": "r", "glob": "/*"}},
    "tolerations": [{"key": "k", "value": "v"}, {"key": "l"}],
}
PATHS: list[Path] = [
    ("salt",),
    ("pipeline", "name"),
    ("transform",),
    ("transform", "cmd", 0),
    ("transform", "cmd", 1),
    ("transform", "env", "A"),
    ("input", "pfs", "glob"),
    ("tolerations", 0),
    ("tolerations", 1, "key"),
    ("tolerations", 0, "value"),
]


@given(
    order=st.permutations(list(FIELDS)),
    path=st.sampled_from(PATHS),
    form=st.sampled_from([None, 2, "yaml"]),
    remove=st.booleans(),
)
def test_an_edit_changes_its_field_and_nothing_else(
    order: list[str], path: Path, form: object, remove: bool
) -> None:
    """In any layout, the text reads as before but for the field that was edited."""
    import yaml

    value = {key: FIELDS[key] for key in order}
    if form == "yaml":
        text = yaml.safe_dump(value, sort_keys=False)
    else:
        text = json.dumps(value, indent=form)  # type: ignore[arg-type]
    new = None if remove else (True if path == ("transform",) else "new")
    after = edited(text, path, new)
    assert after is not None
    assert yaml.safe_load(after) == _changed(value, path, new)


def _changed(value: Any, path: Path, new: object) -> Any:
    step, *rest = path
    copy = list(value) if isinstance(value, list) else dict(value)
    if rest:
        copy[step] = _changed(value[step], tuple(rest), new)  # type: ignore[index,call-overload]
    elif new is None:
        del copy[step]  # type: ignore[arg-type]
    else:
        copy[step] = new  # type: ignore[index,call-overload]
    return copy
