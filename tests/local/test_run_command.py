"""`bcdsl run` and `bcdsl store` as a person uses them."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import NAMESPACES, Bcdsl, write

DOCUMENT = """\
repos: [words]
stages:
  upper:
    from: words:/<name>
    script: tr a-z A-Z < "$words" > /pfs/out/$(basename "$words")
  both:
    from: {u: upper:/<name>, w: words:/<name>}
    script: cat "$u" "$w" > /pfs/out/$(basename "$u")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a document of two stages and three words."""
    write(tmp_path, {"p.bc.yaml": DOCUMENT})
    write(tmp_path / "words", {"a": "ant\n", "b": "bee\n", "c": "cat\n"})
    return tmp_path


def counts(bcdsl: Bcdsl, *more: str) -> dict[str, tuple[int, int, int] | None]:
    """Run, and return processed, skipped and failed datums of each stage."""
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words", "--json", *more)
    return {
        stage["name"]: stage["job"]
        and (stage["job"]["processed"], stage["job"]["skipped"], stage["job"]["failed"])
        for stage in json.loads(done.stdout)["stages"]
    }


@NAMESPACES
def test_only_what_is_new_or_changed_runs(bcdsl: Bcdsl, folder: Path) -> None:
    """A second run runs nothing; a changed word runs its datums, an added one its own."""
    assert counts(bcdsl) == {"upper": (3, 0, 0), "both": (3, 0, 0)}
    assert counts(bcdsl) == {"upper": None, "both": None}

    write(folder / "words", {"a": "auk\n", "d": "dog\n"})

    assert counts(bcdsl) == {"upper": (2, 2, 0), "both": (2, 2, 0)}
    assert bcdsl("store", "cat", "both:/a").stdout == "AUK\nauk\n"


@NAMESPACES
def test_a_removed_file_takes_its_outputs_away(bcdsl: Bcdsl, folder: Path) -> None:
    """After a word is gone nothing of it is left in any stage's output."""
    counts(bcdsl)
    (folder / "words" / "b").unlink()

    assert counts(bcdsl) == {"upper": (0, 2, 0), "both": (0, 2, 0)}
    assert [line.split()[-1] for line in bcdsl("store", "ls", "both").stdout.splitlines()] == [
        "/a",
        "/c",
    ]


@NAMESPACES
def test_any_number_of_jobs_gives_the_same_files(bcdsl: Bcdsl, folder: Path) -> None:
    """Outputs are byte for byte the same with one program at once and with four."""
    for jobs in ("1", "4"):
        bcdsl("run", "p.bc.yaml", "-d", "words=words", "--store", f"s{jobs}", "-j", jobs)
        bcdsl("store", "get", "both", f"out{jobs}", "--store", f"s{jobs}")
    files = [{p.name: p.read_bytes() for p in (folder / f"out{j}").iterdir()} for j in "14"]

    assert len(files[0]) == 3
    assert files[0] == files[1]


@NAMESPACES
def test_a_failed_datum_is_told_with_its_log(bcdsl: Bcdsl, folder: Path) -> None:
    """The report names datum, file, reason and what was printed; the next run retries."""
    text = DOCUMENT.replace(
        "script: tr", 'script: grep -q bee "$words" && { echo no bees; exit 3; }; tr'
    )
    write(folder, {"p.bc.yaml": text})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert done.returncode == 1
    assert "BC935" in done.stderr
    assert "exit status 3" in done.stderr
    assert "words:/b; it printed: no bees" in done.stderr
    (told,) = re.findall(r"`bcdsl (store log \S+)`", done.stderr)
    assert "no bees" in bcdsl(*told.split()).stdout
    write(folder / "words", {"b": "bat\n"})
    assert counts(bcdsl) == {"upper": (3, 0, 0), "both": (3, 0, 0)}


@NAMESPACES
def test_two_datums_that_write_one_path_are_told(bcdsl: Bcdsl, folder: Path) -> None:
    """The job fails with both datums and the path; the server's sentence is in the help."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace('/$(basename "$words")', "/same")})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert "BC934" in done.stderr
    assert "`/same`" in done.stderr
    assert "duplicate path output by different datums (/same from" in done.stderr


@NAMESPACES
def test_changed_code_with_old_results_is_told(bcdsl: Bcdsl, folder: Path) -> None:
    """After an edit of the script old results stay, said; `--reprocess` runs them all."""
    counts(bcdsl)
    write(folder, {"p.bc.yaml": DOCUMENT.replace("tr a-z A-Z", "rev")})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert "BC936" in done.stderr
    assert counts(bcdsl, "--reprocess", "upper")["upper"] == (3, 0, 0)
    assert bcdsl("store", "cat", "upper:/a").stdout == "tna\n"


@NAMESPACES
def test_a_job_that_takes_too_long_is_ended(bcdsl: Bcdsl, folder: Path) -> None:
    """`job_timeout` ends the job and its programs."""
    text = DOCUMENT.replace("script: tr", "job_timeout: 1s\n    script: sleep 30; tr")
    write(folder, {"p.bc.yaml": text})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert "BC939" in done.stderr


@NAMESPACES
def test_what_needs_a_cluster_is_left_out(bcdsl: Bcdsl, folder: Path) -> None:
    """A service is named and left out; the other stages run."""
    service = "  web: {from: both, cmd: serve, service: {port: 80, external: 30080}}\n"
    write(folder, {"p.bc.yaml": DOCUMENT + service})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert done.returncode == 0, done.stderr
    assert "BC932" in done.stderr


@NAMESPACES
def test_a_stage_without_a_command_does_not_start(bcdsl: Bcdsl, folder: Path) -> None:
    """A spec without `cmd` is told, as on a cluster it would fail."""
    spec = {
        "pipeline": {"name": "p"},
        "transform": {},
        "input": {"pfs": {"repo": "words", "glob": "/"}},
    }
    write(folder, {"s.json": json.dumps(spec)})
    done = bcdsl("run", "--spec", "s.json", "--data", "words=words")

    assert done.returncode == 1
    assert "BC938" in done.stderr


def test_an_image_without_a_stand_in_is_named(bcdsl: Bcdsl, folder: Path) -> None:
    """Before anything runs, each image that nothing stands for is named once."""
    write(folder, {"p.bc.yaml": DOCUMENT + "defaults: {image: lab/tools:3}\n"})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words")

    assert done.returncode == 1
    assert done.stderr.count("BC930]") == 1


def test_a_repo_without_data_is_named(bcdsl: Bcdsl, folder: Path) -> None:
    """The finding says which option would give it."""
    done = bcdsl("run", "p.bc.yaml")

    assert done.returncode == 1
    assert "BC931" in done.stderr
    assert "--data words=FOLDER" in done.stderr


def test_data_for_a_misspelt_repo_is_refused(bcdsl: Bcdsl, folder: Path) -> None:
    """Data that no input reads is told with the nearest name, and nothing is stored."""
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words", "-d", "wrods=words")

    assert done.returncode == 1
    assert "error[BC906]: no input reads a repo `wrods`" in done.stderr
    assert "use `words`" in done.stderr
    assert not (folder / ".bcdsl").exists()


@NAMESPACES
def test_data_without_a_branch_fills_those_that_are_read(bcdsl: Bcdsl, folder: Path) -> None:
    """As for `datums`, a repo's name alone stands for the branch of it that is read."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace("words:/", "words@dev:/")})

    assert counts(bcdsl) == {"upper": (3, 0, 0), "both": (3, 0, 0)}
    assert bcdsl("store", "ls", "words@dev").stdout.count("/") == 3


def test_data_that_is_given_twice_is_refused(bcdsl: Bcdsl, folder: Path) -> None:
    """Of two places for one repo none is taken."""
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words", "-d", "words=.")

    assert done.returncode == 64
    assert "`words` is given twice" in done.stderr


def test_a_gpu_that_is_not_there_is_a_note(bcdsl: Bcdsl, folder: Path) -> None:
    """A stage that asks for a GPU says that it runs without."""
    text = DOCUMENT.replace("  both:\n", "  both:\n    hardware: {gpu: 1}\n    autoscale: true\n")
    write(folder, {"p.bc.yaml": text})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words", "--stage", "upper", "--stage", "both")

    assert "note[BC937]" in done.stderr


def test_another_file_is_no_store(bcdsl: Bcdsl, folder: Path) -> None:
    """A store that is something else is refused, and left as it is."""
    write(folder / "st", {"store.db": "not a database" * 100})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words", "--store", "st")

    assert done.returncode == 1
    assert "BC940" in done.stderr
    assert (folder / "st" / "store.db").read_text().startswith("not a database")


def test_an_unknown_repo_of_the_store_is_told(bcdsl: Bcdsl, folder: Path) -> None:
    """`store ls` of a misspelt repo says what it may be."""
    bcdsl("run", "p.bc.yaml", "--data", "words=words")
    done = bcdsl("store", "ls", "upperr")

    assert done.returncode == 1
    assert "BC941" in done.stderr
    assert "`upper`" in done.stderr


@NAMESPACES
def test_a_path_that_nothing_has_is_told(bcdsl: Bcdsl, folder: Path) -> None:
    """`store ls` of a path without files is no empty list, nor is `store get` done with it."""
    counts(bcdsl)
    for words in (("ls", "upper:/x"), ("get", "upper:/x", "out")):
        done = bcdsl("store", *words)
        assert done.returncode == 1
        assert "nothing in `upper@master` starts with `/x`" in done.stderr
    assert bcdsl("store", "ls", "upper:/a").stdout == "4 B   /a\n"


@NAMESPACES
def test_stages_that_share_a_datum_each_have_their_log(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """IDs tell inputs apart, not stages: the stage's name does, and is asked for."""
    stages = "".join(
        f"  {name}: {{from: w, script: echo {name}; exit 1}}\n" for name in ("one", "two")
    )
    write(
        tmp_path,
        {"p.bc.yaml": f"repos: [w]\nstages:\n{stages}", "w.json": json.dumps({"/a": "ant"})},
    )
    done = bcdsl("run", "p.bc.yaml", "--data", "w=w.json", "-k", "--store", "far")
    told = dict(re.findall(r"`bcdsl (store log (\w+):\S+ --store far)`", done.stderr))
    prefix = next(iter(told)).split(":")[1].split()[0]
    unclear = bcdsl("store", "log", prefix, "--store", "far")

    assert {bcdsl(*words.split()).stdout.split()[0] for words in told} == {"one", "two"}
    assert all(stage in bcdsl(*words.split()).stdout for words, stage in told.items())
    assert unclear.returncode == 1
    assert f"`one:{prefix}`, `two:{prefix}`" in unclear.stderr


@NAMESPACES
def test_a_limit_that_ended_a_program_is_told(bcdsl: Bcdsl, tmp_path: Path) -> None:
    """The reason is a worker's, which names no limit; the help does."""
    text = "repos: [w]\nstages:\n  one: {from: w, cmd: sleep 9, datum_timeout: 1s, tries: 1}\n"
    write(tmp_path, {"p.bc.yaml": text, "w.json": json.dumps({"/a": "ant"})})
    done = bcdsl("run", "p.bc.yaml", "--data", "w=w.json")

    assert "failed: signal: killed" in done.stderr
    assert "its `datum_timeout` is 1 s; it printed nothing\n" in done.stderr


@NAMESPACES
def test_why_tells_where_a_datum_came_from(bcdsl: Bcdsl, folder: Path) -> None:
    """`store why` shows files, reason, and the datum upstream that wrote them."""
    counts(bcdsl)
    found = sqlite3.connect(folder / ".bcdsl/store/store.db").execute(
        "SELECT id FROM datums ORDER BY job DESC, id LIMIT 1"
    )
    id = found.fetchone()[0]
    said = bcdsl("store", "why", id[:10]).stdout

    assert "of both, version 1" in said
    assert "from datum" in said
    listed = bcdsl("store", "why", "both").stdout.splitlines()
    assert listed[0] == "both, version 1, job 2: SUCCESS"
    assert len(listed) == 4
    assert f"  {id[:12]}   ran   no earlier job has it   upper:/" in listed[1]


@NAMESPACES
def test_gc_keeps_what_the_next_run_needs(bcdsl: Bcdsl, folder: Path) -> None:
    """After gc with one commit kept, the next run still runs nothing and outputs are there."""
    for word in ("ant\n", "auk\n", "ape\n"):
        write(folder / "words", {"a": word})
        counts(bcdsl)
    said = bcdsl("store", "gc", "--keep", "1").stdout

    assert said.startswith("removed ")
    assert not said.startswith("removed 0 commits")
    assert counts(bcdsl) == {"upper": None, "both": None}
    assert bcdsl("store", "cat", "both:/a").stdout == "APE\nape\n"


@NAMESPACES
def test_two_runs_at_once_wait_for_each_other(bcdsl: Bcdsl, folder: Path) -> None:
    """Both end well, and together they ran each datum once."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace("script: tr", "script: sleep 0.3; tr")})
    words = [sys.executable, "-m", "bcdslc.cli", "run", "p.bc.yaml", "-d", "words=words", "--json"]
    both = [
        subprocess.Popen(
            words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    ends = [process.communicate(timeout=60) for process in both]
    ran = sum(
        stage["job"]["processed"]
        for out, _ in ends
        for stage in json.loads(out)["stages"]
        if stage["job"]
    )

    assert [process.returncode for process in both] == [0, 0]
    assert ran == 6


@NAMESPACES
@pytest.mark.parametrize("seed", range(4))
def test_a_killed_run_leaves_nothing_half_done(bcdsl: Bcdsl, folder: Path, seed: int) -> None:
    """Killed at some moment, the next run ends with the same files as one never killed."""
    write(folder, {"p.bc.yaml": DOCUMENT.replace("script: tr", "script: sleep 0.02; tr")})
    words = [sys.executable, "-m", "bcdslc.cli", "run", "p.bc.yaml", "-d", "words=words", "-j", "2"]
    cut_off = subprocess.Popen(
        words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(0.3 + 0.25 * seed)
    cut_off.kill()
    cut_off.wait()
    done = bcdsl("run", "p.bc.yaml", "-d", "words=words")

    assert done.returncode == 0, done.stderr
    assert bcdsl("store", "cat", "both:/b").stdout == "BEE\nbee\n"
    listed = bcdsl("store", "ls", "both").stdout.splitlines()
    assert [line.split()[-1] for line in listed] == ["/a", "/b", "/c"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
@NAMESPACES
def test_namespaces_need_no_root() -> None:
    """An unprivileged user gets a /pfs of its own, too."""
    code = """if True:
        import ctypes, os, tempfile
        from bcdslc.local.namespace import enter
        folder = tempfile.mkdtemp(dir="/var/tmp")
        for name in ("pfs", "tmp", "root"):
            os.mkdir(f"{folder}/{name}")
        open(f"{folder}/pfs/seen", "w").close()
        os.chown(folder, 65534, 65534)
        for name in ("pfs", "tmp", "root"):
            os.chown(f"{folder}/{name}", 65534, 65534)
        os.setgid(65534)
        os.setuid(65534)
        ctypes.CDLL(None).prctl(4, 1)  # dumpable again, as a program started by the user is
        enter(f"{folder}/pfs", f"{folder}/tmp", f"{folder}/root", ())
        print(os.getuid(), os.listdir("/pfs"), os.listdir("/tmp"))
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout == "65534 ['seen'] []\n", done.stderr


def test_files_one_folder_too_deep_are_told(bcdsl: Bcdsl, folder: Path) -> None:
    """The upload that lacks `:/` is told of before anything runs, with what would be right."""
    write(folder / "up/words", {"a": "ant\n"})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=up")

    assert "warning[BC907]: `words` holds nothing but a folder `/words/`" in done.stderr
    assert "`--data words=up/words`" in done.stderr


@NAMESPACES
def test_a_list_of_paths_cannot_be_run(bcdsl: Bcdsl, folder: Path) -> None:
    """Names alone give datums, and no files: an error that says so, and nothing is stored."""
    write(folder, {"words.txt": "/a\n/b\n"})
    done = bcdsl("run", "p.bc.yaml", "--data", "words=words.txt")

    assert done.returncode == 1
    assert "error[BC905]: `/a`, `/b` in `words.txt` cannot be read: only names" in done.stderr
    assert bcdsl("store", "ls").stdout == "the store is empty\n"


def test_no_data_stands_for_what_a_stage_writes_that_runs(bcdsl: Bcdsl, folder: Path) -> None:
    """A stage's output may be given only where the stage itself does not run."""
    refused = bcdsl("run", "p.bc.yaml", "--data", "words=words", "--data", "upper=words")

    assert refused.returncode == 64
    assert "the stage `upper` runs and writes `upper`" in refused.stderr


@NAMESPACES
def test_data_may_stand_for_a_stage_that_does_not_run(bcdsl: Bcdsl, folder: Path) -> None:
    """One stage alone, on what another would have written."""
    given = ("--data", "words=words", "--data", "upper=words")

    assert bcdsl("run", "p.bc.yaml", *given, "--stage", "both").returncode == 0
    assert bcdsl("store", "cat", "both:/a").stdout == "ant\nant\n"
