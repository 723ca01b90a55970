"""Files that are no documents, places that cannot be written: a clear line and the right code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "bcdslc.cli"]
READERS = (
    ["check"],
    ["compile"],
    ["fmt", "--check"],
    ["lint"],
    ["schema", "check"],
    ["datums"],
    ["explain-input"],
)
GOOD = "repos: [a]\ndefaults: {image: 'i:1'}\nstages: {s: {from: 'a:/*', cmd: run}}\n"
DOCUMENTS = {
    "empty": b"",
    "blank": b" \n\n",
    "binary": bytes(range(256)) * 4,
    "zeros": b"\0" * 100,
    "latin-1": "stages: {caf\xe9: 1}\n".encode("latin-1"),
    "UTF-16": "stages: {}\n".encode("utf-16"),
    "UTF-16 without mark": "stages: {}\n".encode("utf-16-le"),
    "UTF-32": "stages: {}\n".encode("utf-32"),
    "deep": b"[" * 100_000,
    "bomb": b"a: &a [x]\n"
    + b"".join(
        b"%c: &%c [%s]\n" % (c, c, b", ".join([b"*%c" % (c - 1)] * 9)) for c in range(98, 115)
    ),
    "broken": b"stages: {s: [\n",
    "scalar": b"just text\n",
    "list": b"- a\n- b\n",
    "merge conflict": b"<<<<<<< ours\nstages: {}\n=======\nstages: {a: {}}\n>>>>>>> theirs\n",
    "NUL in text": b"stages: {s: {cmd: 'a\0b'}}\n",
    "huge number": b"stages: {s: {workers: 1" + b"0" * 5000 + b"}}\n",
}


def bcdsl(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the program as users do."""
    options: dict = {"capture_output": True, "text": True, "timeout": 120, **more}
    return subprocess.run([*PROGRAM, *arguments], check=False, **options)


def assert_told(run: subprocess.CompletedProcess[str], code: int = 1) -> str:
    """Return what was said, which is something, with the code and without a traceback."""
    told = run.stdout + run.stderr
    assert run.returncode == code, told
    assert "Traceback" not in told
    assert "internal error" not in told
    assert told.strip()
    return told


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("command", READERS, ids=lambda words: words[0])
def test_what_is_no_document(
    command: list[str], name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every command says what is wrong with every such file, and leaves with 1."""
    from bcdslc.cli.main import run

    path = tmp_path / "pipeline.bc.yaml"
    path.write_bytes(DOCUMENTS[name])
    code = run([*command, str(path)])
    told = "".join(capsys.readouterr())

    assert "internal error" not in told
    assert "Traceback" not in told
    if (command[0], name) in TAKEN:
        assert code in (0, 1)
    else:
        assert code == 1, told
        assert "pipeline.bc.yaml" in told
    assert path.read_bytes() == DOCUMENTS[name]


TAKEN = {  # what is a fault to some readers only
    *(("fmt", name) for name in ("scalar", "list", "NUL in text", "huge number", "bomb")),
    ("lint", "NUL in text"),
    ("schema", "NUL in text"),
    ("schema", "bomb"),
}


@pytest.mark.parametrize("command", READERS, ids=lambda words: words[0])
def test_what_is_no_file(command: list[str], tmp_path: Path) -> None:
    """A missing file and a path through a file are told by name."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name in ("nothing.bc.yaml", "file/below.bc.yaml"):
        told = assert_told(bcdsl(*command, str(tmp_path / name)))
        assert name in told


@pytest.mark.parametrize("command", [c for c in READERS if c != ["lint"]], ids=lambda c: c[0])
def test_a_folder_is_no_document(command: list[str], tmp_path: Path) -> None:
    """A folder where a document is wanted is told as such."""
    assert "is a folder" in assert_told(bcdsl(*command, str(tmp_path)))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read(tmp_path: Path) -> None:
    """A file without permission is told as such."""
    path = tmp_path / "a.bc.yaml"
    path.write_text(GOOD, encoding="utf-8")
    path.chmod(0)

    assert "may not be read" in assert_told(bcdsl("check", str(path)))


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """More than 16 MiB are not even read."""
    path = tmp_path / "a.bc.yaml"
    path.write_bytes(b"# " + b"x" * (16 * 1024 * 1024))

    assert "larger than 16 MiB" in assert_told(bcdsl("check", str(path)))


def test_a_mark_of_byte_order_is_no_fault(tmp_path: Path) -> None:
    """A document with one reads as without; a repair keeps it, and the line ends too."""
    path = tmp_path / "a.bc.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert bcdsl("check", str(path)).returncode == 0

    path.write_bytes(
        b"\xef\xbb\xbf" + GOOD.replace("from:", "form:").replace("\n", "\r\n").encode()
    )
    bcdsl("check", "--fix", str(path))
    assert path.read_bytes() == b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()


def test_standard_input() -> None:
    """`-` reads it; problems then name `<stdin>`."""
    assert bcdsl("check", "-", input=GOOD).returncode == 0
    assert '"name": "s"' in bcdsl("compile", "-", input=GOOD).stdout
    told = bcdsl("check", "-", "--format", "concise", input=GOOD.replace("a:/", "b:/"))
    assert told.returncode == 1
    assert told.stdout.startswith("<stdin>:3:")


def test_several_files_in_one_report(tmp_path: Path) -> None:
    """The problems of all files are drawn together, and one bad file hides no other."""
    good, bad = tmp_path / "good.bc.yaml", tmp_path / "bad.bc.yaml"
    good.write_text(GOOD, encoding="utf-8")
    bad.write_text(GOOD.replace("cmd", "cmdd"), encoding="utf-8")
    told = assert_told(bcdsl("check", str(good), str(bad), str(tmp_path / "gone.bc.yaml")))

    assert "good.bc.yaml: fine, 1 stage" in told
    assert "bad.bc.yaml:3:" in told
    assert "gone.bc.yaml" in told


def test_fix_repairs_in_place(tmp_path: Path) -> None:
    """`--fix` carries out what is safe, says how much, and reports the rest."""
    path = tmp_path / "a.bc.yaml"
    path.write_text(GOOD.replace("from:", "form:"), encoding="utf-8")
    path.chmod(0o640)
    told = bcdsl("check", "--fix", str(path))

    assert told.returncode == 0
    assert "repaired 1 problem" in told.stderr
    assert path.read_text(encoding="utf-8") == GOOD
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["a.bc.yaml"]


def test_strict_counts_warnings(tmp_path: Path) -> None:
    """A warning is 0, and 1 with `--strict`; a note counts for neither."""
    path = tmp_path / "a.bc.yaml"
    path.write_text(GOOD.replace("i:1", "i:latest"), encoding="utf-8")
    assert "1 note" in bcdsl("check", "--strict", str(path)).stdout
    assert bcdsl("check", "--strict", str(path)).returncode == 0

    path.write_text(GOOD + "# bcdsl: allow BC590 nothing follows\n", encoding="utf-8")
    assert bcdsl("check", str(path)).returncode == 0
    assert bcdsl("check", "--strict", str(path)).returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_disk(tmp_path: Path) -> None:
    """Compiling to a full standard output, or check's report there, fails with one line."""
    path = tmp_path / "a.bc.yaml"
    path.write_text(GOOD, encoding="utf-8")
    for command in ("compile", "check"):
        with Path("/dev/full").open("w") as full:
            run = bcdsl(
                command, str(path), capture_output=False, stdout=full, stderr=subprocess.PIPE
            )
        assert run.returncode == 1
        assert run.stderr == "bcdsl: cannot write standard output: No space left on device\n"


def test_an_output_folder_that_is_a_file(tmp_path: Path) -> None:
    """Nothing is written where a file stands in the way, and the file stays."""
    path, out = tmp_path / "a.bc.yaml", tmp_path / "specs"
    path.write_text(GOOD, encoding="utf-8")
    out.write_text("mine", encoding="utf-8")
    told = assert_told(bcdsl("compile", str(path), "-o", str(out)))

    assert "specs" in told
    assert out.read_text(encoding="utf-8") == "mine"


def test_nothing_is_written_for_a_wrong_document(tmp_path: Path) -> None:
    """A document with errors leaves the output as it was."""
    path, out = tmp_path / "a.bc.yaml", tmp_path / "out.json"
    path.write_text(GOOD.replace("a:/", "b:/"), encoding="utf-8")
    out.write_text("old", encoding="utf-8")

    assert_told(bcdsl("compile", str(path), "-o", str(out)))
    assert out.read_text(encoding="utf-8") == "old"


def test_unknown_parameters_and_profiles(tmp_path: Path) -> None:
    """What the command line names and the document lacks is a usage error."""
    path = tmp_path / "a.bc.yaml"
    path.write_text(GOOD + "params: {n: 1}\nprofiles: {laptop: {}}\n", encoding="utf-8")
    for command in ("check", "compile"):
        for option in (["--param", "m=1"], ["--profile", "labtop"]):
            told = assert_told(bcdsl(command, str(path), *option), 64)
            assert "the document has no" in told
