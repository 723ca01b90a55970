"""`ls` and `get` against the stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from bcdslc.cluster.repo_files import RepoFiles, StoredFile
from cluster.serve import serving
from cluster.stand_in import StandIn

DOCUMENT = """\
dag: data
project: lab
repos: [scans]
stages:
  a: {image: 'i:1', from: 'scans:/<x>', cmd: a, output_branch: out}
"""
FILES = {"x/1.txt": "one", "x/deep/2.txt": "twotwo", "y.txt": ""}


@pytest.fixture
def server() -> StandIn:
    """Return an empty server."""
    return StandIn()


@pytest.fixture
def address(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[str]:  # fmt: skip
    """Apply a document and put its data."""
    monkeypatch.chdir(tmp_path)
    Path("d.bc.yaml").write_text(DOCUMENT)
    for path, text in FILES.items():
        Path("scans", path).parent.mkdir(parents=True, exist_ok=True)
        Path("scans", path).write_text(text)
    with serving(server) as address:
        assert run(["apply", "d.bc.yaml", "--address", address, "--yes"]) == 0
        assert run(["put", "d.bc.yaml", "scans=scans", "--address", address]) == 0
        capsys.readouterr()
        yield address


@pytest.mark.parametrize(
    ("what", "listed"),
    [
        ("scans", "/x/1.txt        3\n/x/deep/2.txt   6\n/y.txt          0\n"),
        ("scans:/*.txt", "/y.txt   0\n"),
        ("scans:/x/*", "/x/1.txt        3\n/x/deep/2.txt   6\n"),
        ("scans@master:/x/deep", "/x/deep/2.txt   6\n"),
    ],
)
def test_ls(what: str, listed: str, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Files that match, or stand in a folder that does."""
    assert run(["ls", "d.bc.yaml", what, "--address", address]) == 0
    assert capsys.readouterr().out == listed


def test_what_is_put_is_got(address: str) -> None:
    """The other way round gives the same files, empty ones too."""
    assert run(["get", "d.bc.yaml", "scans", "-o", "back", "--address", address]) == 0
    back = Path("back")
    found = {str(p.relative_to(back)): p.read_text() for p in back.rglob("*") if p.is_file()}
    assert found == FILES
    assert run(["get", "d.bc.yaml", "scans:/y*", "-o", "one", "--address", address]) == 0
    assert [path.name for path in Path("one").iterdir()] == ["y.txt"]


def test_nothing_there(server: StandIn, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A branch without files, a glob without matches, a name without meaning."""
    assert run(["ls", "d.bc.yaml", "a", "--address", address]) == 1
    assert "error[BC832]: `a@out` holds no files" in capsys.readouterr().err
    assert run(["ls", "d.bc.yaml", "scans:/*.csv", "--address", address]) == 1
    assert "BC832" in capsys.readouterr().err
    assert run(["ls", "d.bc.yaml", "scan", "--address", address]) == 64
    assert run(["ls", "d.bc.yaml", "scans:/[", "--address", address]) == 64


def test_a_cut_leaves_no_half_file(server: StandIn, address: str) -> None:
    """A fetch that fails leaves what was whole, and no part of the rest."""
    server.calls.clear()

    def cut(_: str) -> None:
        names = [name for name, _, _ in server.calls]
        if names[-1].endswith("GetFile") and names.count(names[-1]) == 2:
            server.fail_at = len(names)

    server.before = cut
    assert run(["get", "d.bc.yaml", "scans", "-o", "back", "--address", address]) == 3
    found = sorted(path.name for path in Path("back").rglob("*") if path.is_file())
    assert found == ["1.txt"]


def test_nothing_is_written_outside_the_folder(
    address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths that no repo can hold, if a server lists such, are told and left out."""
    original = RepoFiles.stored

    def hostile(self: RepoFiles, project: str, repo: str, branch: str) -> dict[str, StoredFile]:
        found = original(self, project, repo, branch)
        file = next(iter(found.values()))
        return found | {"/../evil.txt": file, "/x/../../evil.txt": file}

    monkeypatch.setattr(RepoFiles, "stored", hostile)
    assert run(["get", "d.bc.yaml", "scans", "-o", "deep/back", "--address", address]) == 0
    captured = capsys.readouterr()
    assert "BC901" in captured.err
    assert "3 files, 9 bytes" in captured.out
    assert not list(Path().rglob("evil*"))


def test_what_is_in_the_way_is_named(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder where a file would be, or a file where the folder would be."""
    Path("back", "y.txt").mkdir(parents=True)
    assert run(["get", "d.bc.yaml", "scans", "-o", "back", "--address", address]) == 1
    assert "BC060" in (said := capsys.readouterr().err)
    assert "`back/y.txt`" in said
    assert run(["get", "d.bc.yaml", "scans", "-o", "d.bc.yaml", "--address", address]) == 1
    assert "`d.bc.yaml/x/1.txt`" in capsys.readouterr().err
    assert not list(Path("back").rglob("*.part"))


@pytest.mark.parametrize("command", [["ls"], ["get", "-o", "back"]])
def test_a_repo_that_is_not_there(
    command: list[str], server: StandIn, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stage or repo that nobody made yet is told as that."""
    server.state.repos.discard(("lab", "scans"))
    name, *more = command
    assert run([name, "d.bc.yaml", "scans", *more, "--address", address]) == 1
    assert "error[BC809]: `scans` is not in the project `lab`" in capsys.readouterr().err
