"""Every recorded scenario of real workers, replayed; what differs is named here, with the reason.

Set `BCDSL_SCENARIOS` to replay the recordings of another folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from excuse import REASONS
from replay import Replay, scenarios

from bcdslc.local.namespace import refusal
from bcdslc.local.spawn import Spawn


def folder() -> Path:
    """Return where the recordings lie."""
    shared = Path(__file__).resolve().parents[3] / "shared"
    default = Path(os.environ.get("BCDSL_SHARED", shared)) / "conformance" / "runtime"
    return Path(os.environ.get("BCDSL_SCENARIOS", default))


@pytest.fixture(scope="module")
def spawn() -> Iterator[Spawn]:
    """Return a spawner for all scenarios."""
    os.umask(0o022)
    with Spawn() as spawn:
        yield spawn


OWN = Path(__file__).parent / "scenarios"
RECORDED = [path.name for path in scenarios(folder())]


@pytest.mark.parametrize("reason", REASONS)
def test_a_named_difference_is_documented(reason: str, root: Path) -> None:
    """The page on local runs has every difference that is named here, in these words."""
    page = " ".join((root / "docs" / "local-run.md").read_text(encoding="utf-8").split())

    assert f"* {reason[0].upper()}{reason[1:]}." in page


@pytest.mark.skipif(not RECORDED, reason="the recordings of real workers are not here")
@pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")
@pytest.mark.parametrize("name", RECORDED)
def test_a_scenario_goes_as_on_real_workers(name: str, spawn: Spawn, tmp_path: Path) -> None:
    """Jobs, datums, counts, reasons and outputs are the recorded ones, less what is named."""
    differences = Replay(tmp_path, spawn).play(json.loads((folder() / name).read_text()))

    assert [str(each) for each in differences if each.reason is None] == []


@pytest.mark.skipif(refusal() is not None, reason=f"no namespaces here: {refusal()}")
@pytest.mark.parametrize("path", [*scenarios(OWN)], ids=lambda path: path.stem)
def test_a_scenario_goes_as_the_reference_says(path: Path, spawn: Spawn, tmp_path: Path) -> None:
    """Short scenarios of this project's own, written from what real workers were seen to do."""
    assert Replay(tmp_path, spawn).play(json.loads(path.read_text())) == []
