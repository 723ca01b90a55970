"""The session in the documentation is what a terminal shows; a thousand stages work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bcdslc.cli.main import run
from cluster.serve import serving
from cluster.stand_in import StandIn


@pytest.mark.skipif(sys.version_info < (3, 11), reason="contextlib.chdir came with 3.11")
def test_the_session_in_the_documentation(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run again, every step prints what docs/cluster.md shows."""
    from cluster.session import DOC, with_session

    monkeypatch.delenv("PACH_TOKEN", raising=False)
    text = DOC.read_text(encoding="utf-8")

    assert with_session(text) == text, "run `python tests/cluster/session.py --write`"


def test_the_readme_shows_a_plan(root: Path) -> None:
    """The plan in the README is one of the session's."""
    text = (root / "README.md").read_text(encoding="utf-8")
    start = text.index("$ bcdsl plan")
    shown = text[start : text.index("```", start)]

    assert shown in (root / "docs" / "cluster.md").read_text(encoding="utf-8")


def test_a_thousand_stages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A long chain is made in one batch, and is then as the document says."""
    lines = ["project: many", "repos: [s]", "stages:"]
    for number in range(1000):
        reads = f"t{number - 1}" if number else "s"
        lines.append(f"  t{number}: {{image: 'i:1', cmd: c, from: '{reads}:/<x>'}}")
    path = tmp_path / "many.bc.yaml"
    path.write_text("\n".join(lines) + "\n")
    server = StandIn()
    with serving(server) as address:
        assert run(["apply", str(path), "--address", address, "--yes"]) == 0
        assert run(["plan", str(path), "--address", address, "--detailed-exitcode"]) == 0
    assert sum(name.endswith("BatchTransaction") for name, _, _ in server.calls) == 1
