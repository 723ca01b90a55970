"""`bcdsl compile`: what it prints and writes, and what it leaves alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from bcdslc.cli.main import run

DOCUMENT = """\
repos: [scans]
stages:
  crop: {image: "tools:1.0", from: "scans:/<exam>", cmd: crop}
  view: {image: "tools:1.0", from: "crop:/<exam>", cmd: view}
"""
SMALLER = "\n".join(DOCUMENT.splitlines()[:3]) + "\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder that holds one document."""
    monkeypatch.chdir(tmp_path)
    Path("pipeline.bc.yaml").write_text(DOCUMENT)
    return tmp_path


def names(folder: str) -> set[str]:
    """Return what a folder holds."""
    return {path.name for path in Path(folder).iterdir()}


def test_prints_json_documents(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without `-o`, JSON documents with `---` between them, and nothing else."""
    assert run(["compile", "pipeline.bc.yaml"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(part)["pipeline"]["name"] for part in out.split("---\n")] == ["crop", "view"]
    assert err == ""


def test_prints_yaml(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--format yaml` says the same."""
    run(["compile", "pipeline.bc.yaml"])
    as_json = [json.loads(part) for part in capsys.readouterr().out.split("---\n")]
    assert run(["compile", "pipeline.bc.yaml", "--format", "yaml", "-o", "-"]) == 0
    assert list(yaml.safe_load_all(capsys.readouterr().out)) == as_json


def test_one_stage(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--stage` chooses; an unknown one is a usage error with the nearest."""
    assert run(["compile", "pipeline.bc.yaml", "--stage", "view"]) == 0
    assert json.loads(capsys.readouterr().out)["pipeline"]["name"] == "view"
    assert run(["compile", "pipeline.bc.yaml", "--stage", "veiw"]) == 64
    assert "`view`" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["-o", "--source-map"])
@pytest.mark.parametrize("name", ["pipeline.bc.yaml", "linked.yaml", "other.bc.yaml"])
def test_documents_are_not_overwritten(
    here: Path, option: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """To write over the document, under any name, or over another one is a usage error."""
    Path("linked.yaml").symlink_to("pipeline.bc.yaml")
    Path("other.bc.yaml").write_text(DOCUMENT)
    assert run(["compile", "pipeline.bc.yaml", option, name]) == 64
    assert f"`{name}`" in capsys.readouterr().err
    assert Path(name).read_text() == DOCUMENT


@pytest.mark.parametrize("name", ["all.json", "all.yaml", "all.yml"])
def test_one_file(here: Path, name: str) -> None:
    """A name with a known ending is one file, in the language of its ending."""
    assert run(["compile", "pipeline.bc.yaml", "-o", name]) == 0
    documents = list(yaml.safe_load_all(Path(name).read_text()))
    assert [document["pipeline"]["name"] for document in documents] == ["crop", "view"]
    assert Path(name).read_text().startswith("{") == (name == "all.json")


def test_a_folder(here: Path) -> None:
    """Any other name is a folder with a file for each stage and a manifest."""
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs/deep"]) == 0
    assert names("specs/deep") == {"crop.json", "view.json", "bcdsl.manifest"}


def test_a_second_run_changes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same document gives the same bytes, and files are not touched."""
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    before = {path: path.stat().st_mtime_ns for path in Path("specs").iterdir()}
    capsys.readouterr()
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 0
    assert "0 files changed" in capsys.readouterr().out
    assert {path: path.stat().st_mtime_ns for path in Path("specs").iterdir()} == before


def test_prune(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A stage's file is named once the stage is gone, and removed only if asked for."""
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    Path("specs/notes.json").write_text("mine")
    Path("pipeline.bc.yaml").write_text(SMALLER)
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 0
    assert "view.json: left behind" in capsys.readouterr().err
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--prune"]) == 0
    assert "view.json: removed" in capsys.readouterr().err
    assert names("specs") == {"crop.json", "notes.json", "bcdsl.manifest"}
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--prune"]) == 0
    assert capsys.readouterr().err == ""


def test_one_stage_leaves_the_others(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--stage` the files of other stages are nobody's business."""
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--stage", "crop", "--prune"]) == 0
    assert capsys.readouterr().err == ""
    assert names("specs") == {"crop.json", "view.json", "bcdsl.manifest"}


def test_two_documents_in_one_folder(here: Path) -> None:
    """What another document wrote into the folder is not left behind by this one."""
    Path("other.bc.yaml").write_text(SMALLER.replace("crop", "other"))
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    assert run(["compile", "other.bc.yaml", "-o", "specs", "--prune"]) == 0
    assert names("specs") == {"crop.json", "view.json", "other.json", "bcdsl.manifest"}


@pytest.mark.parametrize("out", ["specs", "specs.json"])
def test_check(here: Path, capsys: pytest.CaptureFixture[str], out: str) -> None:
    """`--check` writes nothing; it exits with 1 and a diff where the disk differs."""
    assert run(["compile", "pipeline.bc.yaml", "-o", out, "--check"]) == 1
    assert '+  "pipeline": {' in capsys.readouterr().out
    assert not Path(out).exists()
    run(["compile", "pipeline.bc.yaml", "-o", out])
    capsys.readouterr()
    assert run(["compile", "pipeline.bc.yaml", "-o", out, "--check"]) == 0
    assert capsys.readouterr().out == ""
    Path("pipeline.bc.yaml").write_text(DOCUMENT.replace("cmd: view", "cmd: look"))
    assert run(["compile", "pipeline.bc.yaml", "-o", out, "--check"]) == 1
    diff = capsys.readouterr().out
    assert '-      "view"' in diff
    assert '+      "look"' in diff


def test_check_names_what_is_left_behind(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file whose stage is gone is a difference, too."""
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    Path("pipeline.bc.yaml").write_text(SMALLER)
    capsys.readouterr()
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--check"]) == 1
    assert capsys.readouterr().out.startswith("only on disk: specs/view.json")


@pytest.mark.parametrize("option", ["--check", "--prune"])
def test_needs_files(here: Path, option: str) -> None:
    """There is nothing to compare standard output with."""
    assert run(["compile", "pipeline.bc.yaml", option]) == 64


def test_source_map(here: Path) -> None:
    """Every emitted field points at the line and column that it came from."""
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--source-map", "map.json"]) == 0
    places = json.loads(Path("map.json").read_text())["pipelines"]
    assert places["view"]["/transform/cmd/0"] == {
        "file": "pipeline.bc.yaml",
        "line": 4,
        "column": DOCUMENT.splitlines()[3].index("view}") + 1,
    }
    assert places["crop"]["/pipeline/name"]["line"] == 3
    spec = json.loads(Path("specs/crop.json").read_text())
    assert {pointer.split("/")[1] for pointer in places["crop"] if pointer} == set(spec)


def test_an_error_writes_nothing(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A document with an error leaves the disk as it was."""
    Path("pipeline.bc.yaml").write_text(DOCUMENT.replace("scans:/", "scan:/"))
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--source-map", "map.json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[BC" in err
    assert names(".") == {"pipeline.bc.yaml"}


def test_a_folder_that_is_a_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An output folder that is a file is said, and stays."""
    Path("specs").write_text("mine")
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 1
    assert "`specs` is a file" in capsys.readouterr().err
    assert Path("specs").read_text() == "mine"


@pytest.mark.parametrize(
    "text", ["oops", "[]", '{"a": 1}', '{"a": ["../x.json"]}', '{"a": ["/etc/x.json"]}']
)
def test_a_damaged_manifest(here: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    """A manifest that bcdsl did not write is never followed."""
    Path("specs").mkdir()
    Path("specs/bcdsl.manifest").write_text(text)
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--prune"]) == 1
    assert "BC490" in capsys.readouterr().err
    assert names("specs") == {"bcdsl.manifest"}


def test_files_of_others_are_not_overwritten(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that the manifest does not list stays, unless it says the same already."""
    run(["compile", "pipeline.bc.yaml", "-o", "elsewhere"])
    Path("specs").mkdir()
    Path("specs/crop.json").write_text("mine")
    Path("specs/view.json").write_text(Path("elsewhere/view.json").read_text())
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 1
    err = capsys.readouterr().err
    assert "BC492" in err
    assert "specs/view.json" not in err
    assert Path("specs/crop.json").read_text() == "mine"
    assert names("specs") == {"crop.json", "view.json"}
    Path("specs/crop.json").unlink()
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 0
    Path("specs/crop.json").write_text("edited")
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs"]) == 0


def test_an_unknown_ending_is_no_folder(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`-o all.txt` is refused; with a slash, or where such a folder stands, it is a folder."""
    assert run(["compile", "pipeline.bc.yaml", "-o", "all.txt"]) == 64
    assert "`all.txt/`" in capsys.readouterr().err
    assert not Path("all.txt").exists()
    assert run(["compile", "pipeline.bc.yaml", "-o", "all.txt/"]) == 0
    assert run(["compile", "pipeline.bc.yaml", "-o", "all.txt"]) == 0
    assert names("all.txt") == {"crop.json", "view.json", "bcdsl.manifest"}


def test_a_file_that_cannot_be_removed(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `--prune` cannot remove is said: here a folder took the file's place."""
    run(["compile", "pipeline.bc.yaml", "-o", "specs"])
    Path("specs/view.json").unlink()
    Path("specs/view.json").mkdir()
    Path("pipeline.bc.yaml").write_text(SMALLER)
    capsys.readouterr()
    assert run(["compile", "pipeline.bc.yaml", "-o", "specs", "--prune"]) == 1
    assert "BC491" in capsys.readouterr().err


def test_parameters_and_profiles(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--param` fills a parameter and `--profile` lays a profile over."""
    Path("pipeline.bc.yaml").write_text(
        "params: {site: ~}\nrepos: [scans]\n"
        "profiles: {test: {stages: {crop: {workers: 2}}}}\n"
        "stages:\n  crop: {image: 'tools:1.0', from: 'scans:/<site>/*', cmd: crop}\n"
    )
    arguments = ["compile", "pipeline.bc.yaml", "--param", "site=north", "--profile", "test"]
    assert run(arguments) == 0
    spec = json.loads(capsys.readouterr().out)
    assert spec["input"]["pfs"]["glob"] == "/north/*"
    assert spec["parallelismSpec"] == {"constant": 2}


def test_standard_input(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`-` reads the document from standard input."""
    import io
    import sys

    class Stdin:
        """Standard input with bytes below it."""

        buffer = io.BytesIO(SMALLER.encode())

    monkeypatch.setattr(sys, "stdin", Stdin())
    assert run(["compile", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["pipeline"]["name"] == "crop"
