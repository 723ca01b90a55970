"""Files that cannot be read are findings, each with its own code."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from bcdsl.load import load


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "BC007", "is empty"),
        (b"  \n\n", "BC007", "is empty"),
        (b"\xef\xbb\xbf", "BC007", "is empty"),
        (b"a: \x00", "BC005", "byte 4 is zero"),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "BC005", "byte 8 is zero"),
        ("a: é".encode("latin-1"), "BC006", "byte 4 (line 1) is 0xe9"),
        ("a: b\nc: é\n".encode("latin-1"), "BC006", "(line 2)"),
        ("a: b".encode("utf-16"), "BC006", "UTF-16"),
        ("a: b".encode("utf-16-le"), "BC006", "UTF-16"),
        ("a: b".encode("utf-16-be"), "BC006", "UTF-16"),
        ("a: b".encode("utf-32"), "BC006", "UTF-32"),
    ],
)
def test_not_a_text(tmp_path: Path, data: bytes, code: str, words: str) -> None:
    """What is no UTF-8 text is named for what it is."""
    file = tmp_path / "x.bc.yaml"
    file.write_bytes(data)
    source, (problem,) = load(str(file))
    assert source is None
    assert problem.code == code
    assert words in problem.message
    assert problem.span is None
    assert problem.help


def test_a_text(tmp_path: Path) -> None:
    """The text comes without a byte order mark, its line ends as they are."""
    file = tmp_path / "x.bc.yaml"
    file.write_bytes("\ufeffa: é\r\n".encode())
    source, problems = load(str(file))
    assert problems == ()
    assert source is not None
    assert (source.name, source.text) == (str(file), "a: é\r\n")


def test_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file is named with the nearest one of its folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pipeline.bc.yaml").write_text("a: b\n")
    _, (problem,) = load("pipelin.bc.yaml")
    assert (problem.code, problem.help) == ("BC001", "did you mean `pipeline.bc.yaml`?")
    _, (problem,) = load("pipeline.bc.yaml/x")
    assert problem.code == "BC001"


def test_a_folder(tmp_path: Path) -> None:
    """A folder is no document."""
    _, (problem,) = load(str(tmp_path))
    assert problem.code == "BC002"


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_names_that_no_file_has(name: str) -> None:
    """A name that the system refuses is a finding as well."""
    _, (problem,) = load(name)
    assert problem.code == "BC003"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden(tmp_path: Path) -> None:
    """A file without the permission to read it is a finding."""
    file = tmp_path / "x.bc.yaml"
    file.write_text("a: b\n")
    file.chmod(0)
    _, (problem,) = load(str(file))
    assert problem.code == "BC003"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="needs /dev/zero")
def test_without_end() -> None:
    """No more than the limit is read, also of what has no end."""
    _, (problem,) = load("/dev/zero")
    assert problem.code == "BC004"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is standard input, and its name says so."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a: b\n")))
    source, problems = load("-")
    assert problems == ()
    assert source is not None
    assert (source.name, source.text) == ("<stdin>", "a: b\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe(tmp_path: Path) -> None:
    """A named pipe, as the shell's `<(…)` makes one, is read like a file."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    handle = os.open(pipe, os.O_RDWR)
    os.write(handle, b"a: b\n")
    reader = os.fork()
    if reader == 0:
        os.close(handle)
        source, _ = load(str(pipe))
        os._exit(0 if source and source.text == "a: b\n" else 1)
    import time

    time.sleep(0.3)  # the reader must have opened the pipe before its last writer goes
    os.close(handle)
    assert os.waitpid(reader, 0)[1] == 0
