"""`put` against the stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn

DOCUMENT = """\
dag: data
project: lab
repos: {scans: {}, theirs: {external: true}}
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a}
"""


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def put(server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Apply the document and make a folder; yield a command line that puts it."""
    monkeypatch.chdir(tmp_path)
    Path("data.bc.yaml").write_text(DOCUMENT)
    for path, text in {"x/1.txt": "one", "x/2.txt": "two", "y.txt": ""}.items():
        Path("scans", path).parent.mkdir(parents=True, exist_ok=True)
        Path("scans", path).write_text(text)
    with serving(server) as address:
        assert run(["apply", "data.bc.yaml", "--address", address, "--yes"]) == 0
        yield ["put", "data.bc.yaml", "scans=scans", "--address", address]


def held(server: StandIn, branch: str = "master") -> dict[str, bytes]:
    """Return what the repo holds."""
    return server.state.commits[server.state.heads["lab", "scans", branch]].files


def test_the_repo_holds_the_folder_at_its_root(
    server: StandIn, put: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """One commit; a second time nothing is sent; a change replaces and does not append."""
    assert run(put) == 0
    assert held(server) == {"/x/1.txt": b"one", "/x/2.txt": b"two", "/y.txt": b""}
    assert len(server.state.commits) == 1
    assert not any(commit.open for commit in server.state.commits.values())

    capsys.readouterr()
    assert run(put) == 0
    assert "scans: 3 as they are; nothing to send\n" in capsys.readouterr().out
    assert len(server.state.commits) == 1

    Path("scans/x/2.txt").write_text("TWO")
    Path("scans/y.txt").unlink()
    assert run(put) == 0
    assert held(server) == {"/x/1.txt": b"one", "/x/2.txt": b"TWO", "/y.txt": b""}
    assert "`--delete-extra`" in capsys.readouterr().out
    assert run([*put, "--delete-extra"]) == 0
    assert held(server) == {"/x/1.txt": b"one", "/x/2.txt": b"TWO"}


def test_a_dry_run_sends_nothing(server: StandIn, put: list[str]) -> None:
    """It only says."""
    assert run([*put, "--dry-run"]) == 0
    assert server.state.commits == {}


def test_another_branch(server: StandIn, put: list[str]) -> None:
    """The commit goes to the branch that is named."""
    assert run([*put, "--branch", "dev"]) == 0
    assert held(server, "dev")["/x/1.txt"] == b"one"


def test_large_files_are_cut_and_remembered(server: StandIn, put: list[str]) -> None:
    """A file above a message's size arrives whole, and once, though its hash is not ours."""
    content = bytes(range(256)) * 10_000
    Path("scans/large").write_bytes(content)
    assert run(put) == 0
    assert held(server)["/large"] == content
    assert Path(".bcdsl/sent.json").exists()
    assert run(put) == 0
    assert len(server.state.commits) == 1


def test_names_that_are_refused_are_told_first(
    server: StandIn, put: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is sent if one name cannot stand in a repo."""
    Path("scans/a*b").write_text("")
    assert run(put) == 1
    assert "BC901" in capsys.readouterr().err
    assert server.state.commits == {}


def test_a_clash_is_told_first(
    server: StandIn, put: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A file in the place of a folder, or the other way round, is told; asked for, replaced."""
    assert run(put) == 0
    Path("scans/y.txt").unlink()
    Path("scans/y.txt").mkdir()
    Path("scans/y.txt/z").write_text("z")
    assert run(put) == 1
    assert "BC830" in capsys.readouterr().err
    assert len(server.state.commits) == 1
    assert run([*put, "--delete-extra"]) == 0
    assert "/y.txt/z" in held(server)
    Path("scans/y.txt/z").unlink()
    Path("scans/y.txt").rmdir()
    Path("scans/y.txt").write_text("")
    assert run(put) == 1


def test_a_commit_that_finishes_badly(
    server: StandIn, put: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What somebody else put at the same moment can clash; the server's sentence is shown."""

    def meddle(name: str) -> None:
        if name.endswith("InspectCommit"):
            held(server)["/x/1.txt/deep"] = b""

    server.before = meddle
    assert run(put) == 3
    assert "BC831" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "code"),
    [("scans", 64), ("scan=scans", 64), ("theirs=scans", 64), ("scans=nowhere", 1)],
)
def test_wrong_words(word: str, code: int, put: list[str]) -> None:
    """Only repos of the document, and folders that exist."""
    put[2] = word
    assert run(put) == code


@pytest.mark.parametrize("way", ["fail_at", "lose_at"])
def test_after_a_failure_a_second_try_converges(way: str, server: StandIn, put: list[str]) -> None:
    """Whatever call fails: the files are there or not, no commit stays open."""
    for number in range(1, 5):
        server.state.commits, server.state.heads = {}, {}
        server.calls.clear()
        setattr(server, way, number)
        run(put)
        setattr(server, way, None)
        assert not any(commit.open for commit in server.state.commits.values())
        assert run(put) == 0
        assert held(server) == {"/x/1.txt": b"one", "/x/2.txt": b"two", "/y.txt": b""}


@pytest.mark.parametrize("gone", ["before", "while"])
def test_a_file_that_cannot_be_read_any_more(
    gone: str,
    server: StandIn,
    put: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What was there when the folder was read is missed before or while it is sent.

    gRPC calls off what is under way, of which a server in Go gets an error; one in Python may
    take it for the end, so only before anything is sent the commits can be looked at here.
    """
    opened = Path.open

    def refusing(path: Path, *mode: str) -> IO[Any]:
        if path.name == "y.txt" and mode == ("rb",):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *mode)

    if gone == "before":
        server.before = lambda name: Path("scans/y.txt").unlink(missing_ok=True)
    else:
        monkeypatch.setattr(Path, "open", refusing)
    assert run(put) == 1
    said = capsys.readouterr().err
    assert "error[BC905]: `scans/y.txt` cannot be read" in said
    assert "nothing was sent to `scans`" in said
    assert gone == "while" or server.state.commits == {}


def test_a_folder_that_takes_no_memory(
    server: StandIn, put: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What was sent cannot be noted: that is only a warning, for it was sent."""
    Path("scans/large").write_bytes(bytes(2_000_000))
    Path(".bcdsl").write_text("")
    assert run(put) == 0
    assert "warning[BC061]" in capsys.readouterr().err
    assert "/large" in held(server)
