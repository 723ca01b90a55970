"""The command: which files, which formats, which exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from bcdslc.cli.main import run

FINE = """pipeline: {name: count}
transform: {image: "example/count:1.0", cmd: [python3, /count.py]}
input: {pfs: {repo: images, name: images, branch: master, glob: "/*"}}
"""
BAD = FINE + "s3_out: true  # for the bucket\nspout: {}\nautoscaling: true\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder that the command runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, **files: str) -> None:
    """Write files; two underscores stand for a dot, and three for a slash."""
    for name, text in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_nothing_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A fine folder is one line and exit code 0."""
    write(folder, a__yaml=FINE)
    assert run(["lint", "."]) == 0
    assert capsys.readouterr().out == "1 spec in 1 file: nothing found\n"


def test_a_folder(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON and YAML are searched for; what is no spec is passed by, a template is named."""
    write(
        folder,
        sub___a__json=json.dumps({"pipeline": {"name": "Bad Name!"}}),
        package__json='{"name": "x", "scripts": {}}',
        broken__yaml="a: [b",
        t__jsonnet="function() {}",
        d__bc__yaml="stages: {}",
        _git___a__yaml=BAD,
    )
    (folder / "_git").rename(folder / ".git")
    assert run(["lint", ".", "--format", "concise"]) == 1
    out, err = capsys.readouterr()
    assert "sub/a.json:1:23: error BC619" in out.replace("./", "")
    assert "package.json" not in out + err
    assert "broken" not in out + err
    assert ".git" not in out
    assert "t.jsonnet: the server renders it" in err
    assert "d.bc.yaml: `bcdsl check` reads it" in err


def test_a_named_file_is_always_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is named is linted, whatever it is called and holds."""
    write(folder, spec__txt="a: [b", package__json='{"name": "x"}')
    assert run(["lint", "spec.txt", "package.json", "nowhere.json"]) == 1
    out = capsys.readouterr().out
    assert "spec.txt" in out
    assert "there is no field `name`" in out
    assert "nowhere.json" in out


@pytest.mark.parametrize("name", ["p.bc.yaml", "p.yaml"])
def test_a_document_that_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """A document of bcdsl is one finding that names the command for it."""
    (folder / name).write_text("repos: [a]\ndefaults: {image: x}\nstages:\n  b: {from: a:/*}\n")
    assert run(["lint", name]) == 1
    out = capsys.readouterr().out
    assert f"error[BC600]: this is a document of bcdsl, not a pipeline spec\n  {name}:3:1" in out
    assert f"use `bcdsl check {name}`" in out
    assert "0 specs in 1 file: 1 error;" in out


def test_more_than_are_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the text leaves findings out, it says which format has all."""
    fields = "".join(f"field{number}: 1\n" for number in range(60))
    write(folder, a__yaml=FINE + fields)
    run(["lint", "a.yaml"])
    assert "10 of them not shown (`--format concise` shows all);" in capsys.readouterr().out


def test_select_and_ignore(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Codes may be chosen and left out, also cut short."""
    write(folder, a__yaml=BAD)

    def codes(*options: str) -> set[str]:
        run(["lint", "a.yaml", "--format", "json", *options])
        return {each["code"] for each in json.loads(capsys.readouterr().out)["problems"]}

    everything = codes()
    assert {"BC621", "BC623", "BC639"} <= everything
    assert codes("--select", "BC62") == {code for code in everything if code < "BC63"}
    assert codes("--ignore", "BC6,BC7") == set()
    assert codes("--select", "BC6", "--ignore", "BC621") == everything & {"BC623", "BC639"}


def test_fix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Safe repairs are carried out; comments and spelling stay."""
    write(folder, a__yaml=BAD.replace("spout: {}\n", "service: {type: clusterip}\n"))
    run(["lint", "a.yaml", "--fix"])
    text = (folder / "a.yaml").read_text(encoding="utf-8")
    assert "s3_out" not in text
    assert "service: {type: ClusterIP}" in text
    assert text.startswith(FINE)


def test_target(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Fields newer than the target are told: refused, or by 2.7 ignored."""
    write(folder, a__yaml=FINE + "autoscaling: true\nmaximumExpectedUptime: 60s\n")
    assert run(["lint", "a.yaml"]) == 0
    assert run(["lint", "a.yaml", "--target", "2.8", "--select", "BC609"]) == 1
    assert "is of Pachyderm 2.9, and 2.8 refuses it" in capsys.readouterr().out
    assert run(["lint", "a.yaml", "--target", "2.4"]) == 64
    assert run(["lint", "a.yaml", "--target", "1.13"]) == 64


def test_repos(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--repos` a repo that nothing makes is missing; without, it may exist."""
    write(folder, a__yaml=FINE)
    assert run(["lint", "."]) == 0
    assert run(["lint", ".", "--repos", "images"]) == 0
    assert run(["lint", ".", "--repos", "scans"]) == 1
    assert "nothing makes the repo `images`" in capsys.readouterr().out
    assert run(["lint", ".", "--repos", "scans", "--assume-repos"]) == 0


def test_allowed_by_a_comment(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment with a reason silences a warning at its line."""
    write(folder, a__yaml=FINE + "resourceRequests: {memory: 1K}\n")
    run(["lint", "a.yaml", "--format", "concise"])
    code = capsys.readouterr().out.split()[2].rstrip(":")
    write(folder, a__yaml=FINE + f"resourceRequests: {{memory: 1K}}  # bcdsl: allow {code} as is\n")
    assert run(["lint", "a.yaml", "--strict"]) in (0, 1)
    assert code not in capsys.readouterr().out.replace(f"allow {code}", "") or code == "BC740"


def test_strict(folder: Path) -> None:
    """Warnings count with `--strict` only."""
    write(folder, a__json='{"pipeline": {"name": "a"}, "salt": "x", "salt": "y"}')
    assert run(["lint", "a.json", "--select", "BC608"]) == 0
    assert run(["lint", "a.json", "--select", "BC608", "--strict"]) == 1


def test_a_code_that_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A code that does not exist is a usage error, rather than a silent nothing."""
    write(folder, a__yaml=FINE)
    assert run(["lint", "a.yaml", "--select", "BC69x"]) == 64
    assert "no code starts with `BC69x`" in capsys.readouterr().err.replace("\n", " ")


def test_no_path() -> None:
    """Without a path there is nothing to do: a usage error."""
    assert run(["lint"]) == 64


def test_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads standard input, which cannot be repaired."""
    stdin = io.TextIOWrapper(io.BytesIO(FINE.encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    assert run(["lint", "-"]) == 0
    assert "1 spec in 1 file" in capsys.readouterr().out
    assert run(["lint", "-", "--fix"]) == 64


def test_batch(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line is answered by one line."""
    lines = [
        {"spec": {"pipeline": {"name": "p"}, "input": {"pfs": {"repo": "a", "glob": "/"}}}},
        {"spec": {"$schema": "x", "pipeline": {"name": "p"}}, "given": {}},
        {"spec": {"pipeline": {"name": "p"}, "dryRun": True}, "given": {}},
    ]
    text = "\n".join(json.dumps(line) for line in lines)
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n\n"))
    assert run(["lint", "--batch"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each["refused"] for each in answers] == [True, True, False]
    assert answers[0]["text"] == "repo default/a not found"
    assert answers[1] == {"refused": True, "codes": ["BC600"], "text": None}


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"given": {}}',
        '{"spec": {}, "given": [1]}',
        '{"spec": {}, "given": {"repos": "default/a"}}',
        '{"spec": {}, "given": {"repos": [1]}}',
        '{"spec": ' + "[" * 200_000 + "]" * 200_000 + "}",
    ],
    ids=range(7),
)
def test_batch_of_something_else(
    line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line that is no question ends the run with its number."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
    assert run(["lint", "--batch"]) == 64
    assert "line 1" in capsys.readouterr().err
