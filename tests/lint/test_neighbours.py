"""Specs near the measured ones, of which the server's source says what becomes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bcdslc.rule.verdict import verdict, world_of

CASES = yaml.safe_load(Path(__file__).with_name("neighbours.yaml").read_text(encoding="utf-8"))
PLAIN: dict[str, Any] = {
    "pipeline": {"name": "p"},
    "transform": {"image": "ubuntu:22.04", "cmd": ["true"]},
    "input": {"pfs": {"repo": "in", "glob": "/*"}},
}
GIVEN: dict[str, Any] = {"projects": ["proj"], "repos": ["default/in", "default/b"]}


@pytest.mark.parametrize("case", CASES, ids=[str(case["spec"])[:60] for case in CASES])
def test_a_neighbour(case: dict[str, Any]) -> None:
    """It is refused, with the server's sentence where that is known, or it is not."""
    given = {**GIVEN, **case.get("given", {})}
    given["repos"] = [*GIVEN["repos"], *case.get("given", {}).get("repos", [])]

    said = verdict({**PLAIN, **case["spec"]}, world_of(given, 12))

    assert said.refused == (case["text"] is not False)
    assert said.text == (case["text"] if isinstance(case["text"], str) else None)
