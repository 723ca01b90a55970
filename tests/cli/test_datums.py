"""`bcdsl datums` and `bcdsl explain-input`: what people see, and what bad input does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from bcdslc.cli.main import run

DOCUMENT = """\
repos: [exams, labels, models]
names: {view: L_CC|R_CC}
stages:
  crop: {image: "i:1", cmd: [run], from: "exams:/<exam>"}
  look: {image: "i:1", cmd: [run], from: ["exams:/<exam>/<view>.png", "labels:/<exam>/*.csv"]}
  each: {image: "i:1", cmd: [run], from: ["crop:/<exam>", models]}
  all: {image: "i:1", cmd: [run], from: ["labels:/**", "models:/*"]}
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Return a folder with a document, in which commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "p.bc.yaml").write_text(DOCUMENT)
    return tmp_path


@pytest.fixture
def datums(folder, capsys):
    """Return what runs `bcdsl datums` on the document with given listings."""

    def call(*words, command="datums", **listings):
        for repo, paths in listings.items():
            (folder / f"{repo}.txt").write_text("\n".join(paths.split()))
        data = [word for repo in listings for word in ("--data", f"{repo}={repo}.txt")]
        code = run([command, "p.bc.yaml", *data, *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return call


def test_a_stage_with_unknown_upstream_is_named(datums):
    """The line says which `--data` would show it."""
    code, out, _ = datums("--stage", "each", models="m.p")

    assert code == 0
    assert out == ("each: not shown\n  what `crop` holds is not known here: add --data crop=PATH\n")


def test_several_unknown_upstreams_are_named_together(datums):
    """One line names all whose files are not known."""
    _, out, _ = datums("--stage", "each")

    assert "  what `crop`, `models` hold is not known here: add --data crop=PATH" in out


def test_texts_that_a_name_does_not_allow(datums):
    """Files of the right shape are shown with the part that is wrong."""
    _, out, _ = datums(
        "--stage", "look", exams="e1/L_CC.png e1/LCC.png", labels="e1/a.csv e2/b.csv"
    )

    assert "look: 1 datum, one per exam × view × match of /<exam>/*.csv in labels" in out
    assert "left out of `exams` for a name's text: 1 file" in out
    assert "/e1/LCC.png: view is `LCC`, which the pattern does not allow" in out
    assert "e2  is in labels; exams lacks it\n" in out


def test_what_is_kept_without_a_partner(folder, capsys):
    """Kept values are told from those that are left out."""
    (folder / "k.bc.yaml").write_text(
        "repos: [a, b]\n"
        'stages: {k: {image: "i:1", cmd: [run], from: [{of: "a:/<x>", keep: true}, "b:/<x>"]}}\n'
    )
    (folder / "a.txt").write_text("1\n2\n")
    (folder / "b.txt").write_text("2\n3\n")
    run(["datums", "k.bc.yaml", "--data", "a=a.txt", "--data", "b=b.txt"])
    out = capsys.readouterr().out

    assert "k: 2 datums" in out
    assert "2 of 3 values of x lack a partner: 1 kept alone, 1 left out" in out
    assert "1  is in a; b lacks it (kept)" in out


def test_values_with_several_files_on_both_sides(datums):
    """Every combination is a datum, and that is said with the product."""
    _, out, _ = datums(
        "--stage", "look", exams="e1/L_CC.png e1/R_CC.png", labels="e1/a.csv e1/b.csv e1/c.csv"
    )

    assert "1 value of exam with several files on several sides" in out
    assert "e1: 2 in exams × 3 in labels = 6" in out


def test_crosses_and_folders_in_which_matches_lie(datums):
    """The sizes of a cross are shown, and that datums share files."""
    _, out, _ = datums("--stage", "all", labels="a/x a/y", models="1 2")

    assert "all: 6 datums" in out
    assert "3 of labels × 2 of models" in out
    assert "datums of `labels` share files: 2 matches lie in a folder that matches" in out


def test_an_input_that_matches_nothing(datums):
    """A pattern that would match is shown, in the author's spelling."""
    _, out, _ = datums("--stage", "look", exams="in/e1/L_CC.png", labels="e1/a.csv")

    assert "look: 0 datums" in out
    assert "nothing in `exams` matches `/<exam>/<view>.png`" in out
    assert "`/*/<exam>/<view>.png` would match, e.g. `/in/e1/L_CC.png`" in out


def test_a_place_that_is_not_there_is_no_empty_repo(datums):
    """A misspelt folder hides the stage: nothing is said of what its repo holds."""
    code, out, err = datums("--stage", "look", "--data", "exams=nowhere", labels="e1/a.csv")

    assert code == 1
    assert "look: not shown" in out
    assert "empty" not in out
    assert "there is no file or folder `nowhere`" in err


def test_files_one_folder_deeper_are_nearer_than_files_of_another_kind(datums):
    """A stray file where the pattern looks does not hide the files that it is about."""
    _, out, _ = datums("--stage", "look", exams="x/READ.md in/e1/L_CC.png", labels="e1/a.csv")

    assert "`/*/<exam>/<view>.png` would match, e.g. `/in/e1/L_CC.png`" in out


def test_an_empty_repo(datums):
    """No files at all are another thing than no match."""
    _, out, _ = datums("--stage", "crop", exams="")

    assert "`exams` is empty: its repo holds no files" in out


def test_files_uploaded_one_folder_too_deep(datums):
    """A repo that holds a folder of its own name alone is the upload mistake of the tutorial."""
    _, out, _ = datums("--stage", "crop", exams="exams/e1/x.png exams/e2/x.png")

    assert "`exams` holds nothing but a folder `/exams/`" in out
    assert "pachctl put file -r exams@master:/ -f exams/" in out


def test_json_holds_everything(datums, folder):
    """Datums are in ascending order of ID; a summary has none."""
    (folder / "exams").mkdir()
    for name in ("e1", "e2", "e3"):
        (folder / "exams" / name).write_text("hello\n")
    _, out, _ = datums("--stage", "crop", "--json", "--hashes", "--data", "exams=exams")
    (stage,) = json.loads(out)["stages"]

    assert [d["id"] for d in stage["datums"]] == sorted(d["id"] for d in stage["datums"])
    assert {d["names"]["exam"] for d in stage["datums"]} == {"e1", "e2", "e3"}
    (file,) = stage["datums"][0]["files"]
    assert file["hash"].startswith("a76538c4")
    assert file["size"] == 6
    _, out, _ = datums("--json", "--summary", "--data", "exams=exams")
    assert [stage["count"] for stage in json.loads(out)["stages"]] == [None, 3, None, None]


def test_the_limit_and_the_rest(datums):
    """What is not shown is counted."""
    _, out, _ = datums("--stage", "crop", "--limit", "2", exams="a b c d")

    assert "  … and 2 more\n" in out
    assert len(out.splitlines()) == 6


def test_any_spec(datums, folder, capsys):
    """A spec that somebody else wrote is previewed, too, with its keys for names."""
    (folder / "s.yaml").write_text(
        "pipeline: {name: p}\ntransform: {image: i}\ninput:\n  join:\n"
        '  - pfs: {repo: a, glob: "/(*)", join_on: $1}\n'
        '  - pfs: {repo: b, glob: "/(*)", join_on: $1}\n'
        "---\npipeline: {name: t}\ntransform: {image: i}\n"
        'input: {cron: {name: tick, spec: "@daily"}}\n'
    )
    (folder / "a.txt").write_text("1\n2\n")
    (folder / "b.txt").write_text("2\n3\n")
    code = run(["datums", "--spec", "s.yaml", "--data", "a=a.txt", "--data", "b=b.txt"])
    out = capsys.readouterr().out

    assert code == 0
    assert "p: 1 datum\n\n  key   a    b    datum\n  2     /2   /2" in out
    assert "t: not shown\n  `tick` is a cron input" in out


def test_ticks_that_are_assumed(folder, capsys):
    """A clock's datums are shown if its tick repo is given."""
    (folder / "t.bc.yaml").write_text(
        'stages: {t: {image: "i:1", cmd: [run], from: {tick: {cron: daily}}}}\n'
    )
    (folder / "ticks.txt").write_text("2024-01-01T00:00:00Z\n2024-01-02T00:00:00Z\n")
    run(["datums", "t.bc.yaml"])
    before = capsys.readouterr().out
    run(["datums", "t.bc.yaml", "--data", "t_tick=ticks.txt"])
    after = capsys.readouterr().out

    assert "to assume some, list their names: --data t_tick=PATH" in before
    assert "t: 2 datums, one per tick of tick" in after


def test_data_that_is_not_there(datums):
    """A missing folder is an error."""
    code, _, err = datums("--stage", "crop", "--data", "exams=nowhere")

    assert code == 1
    assert "error[BC900]: there is no file or folder `nowhere`" in err


def test_data_for_a_repo_that_nothing_reads(datums):
    """A misspelt repo is an error with the nearest name."""
    code, out, err = datums("--data", "exam=x")

    assert (code, out) == (1, "")
    assert "error[BC906]: no input reads a repo `exam`" in err
    assert "use `exams`" in err


@pytest.mark.parametrize(
    "words",
    [
        ["datums"],
        ["datums", "p.bc.yaml", "--spec", "s.json"],
        ["datums", "p.bc.yaml", "--data", "exams"],
        ["datums", "p.bc.yaml", "--data", "=x"],
        ["datums", "p.bc.yaml", "--data", "exams=x", "--data", "exams=y"],
        ["datums", "p.bc.yaml", "--data", "a@=x"],
        ["datums", "p.bc.yaml", "--stage", "crpo"],
        ["datums", "p.bc.yaml", "--limit", "-1"],
        ["explain-input", "p.bc.yaml", "--stage", "crpo"],
    ],
)
def test_usage_errors(words, capsys):
    """A command line that says nothing sensible is a usage error."""
    assert run(words) == 64
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["missing.bc.yaml", "bad.bc.yaml"])
def test_documents_that_cannot_be_read(folder, name, capsys):
    """A document's problems are shown, and nothing else."""
    (folder / "bad.bc.yaml").write_bytes(b"stages: \xff")

    assert run(["datums", name]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "error[BC0" in printed.err


def test_names_that_are_not_utf8(datums, folder):
    """They are left out and shown by their bytes, on any terminal."""
    (folder / "exams").mkdir()
    (folder / "exams" / os.fsdecode(b"caf\xe9")).write_text("")
    (folder / "exams" / "ok").write_text("")
    code, out, err = datums("--stage", "crop", "--data", "exams=exams")

    assert code == 0
    assert "crop: 1 datum" in out
    assert "`/caf\\xe9`" in err


def test_lines_for_programs():
    """One answer for each line, broken lines too."""
    lines = b'{"repos": {"a@b": {"/x": ""}}, "input": {"pfs": {"repo": "a", "branch": "b"}}}\n{\n'
    done = subprocess.run(
        [sys.executable, "-m", "bcdslc.cli", "datums", "--batch"],
        input=lines,
        capture_output=True,
        check=True,
    )
    fine, broken = map(json.loads, done.stdout.splitlines())

    assert list(fine) == ["datums"]
    assert list(broken) == ["error"]


def test_an_interrupted_run_ends_quietly():
    """Ctrl-C gives one line and its exit code."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bcdslc.cli", "datums", "--batch"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(b"{\n")
    process.stdin.flush()
    process.stdout.readline()
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)

    assert process.returncode == 130
    assert err == b"bcdsl: interrupted\n"


def test_a_stage_in_plain_words(datums):
    """What one datum is, the tree that Pachyderm gets, and samples where data is given."""
    code, out, _ = datums(
        "--stage", "look", command="explain-input", exams="e1/L_CC.png", labels="e1/a.csv"
    )

    assert code == 0
    words, tree, sample = out.split("\n\n", 2)
    assert "that have the same exam." in words.replace("\n", " ")
    assert tree == (
        "Pachyderm gets:\n  join\n    pfs  exams  /(*)/(L_CC|R_CC).png  join_on $1\n"
        "    pfs  labels  /(*)/*.csv  join_on $1"
    )
    assert sample.startswith("look: 1 datum")
