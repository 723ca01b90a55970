"""What stands in the way of a run, where this machine does not show it."""

from __future__ import annotations

import json

from bcdsl.source import SourceFile
from bcdslc.local.obstacle import Chosen, without_namespaces
from bcdslc.local.settings import settings_of
from bcdslc.spec.read import read_specs


def test_without_namespaces_only_programs_that_heed_the_variable_run() -> None:
    """Stages that do not say `local: {pfs: env}` are named in one finding, BC933."""
    text = "\n---\n".join(
        json.dumps({"pipeline": {"name": name}, "transform": {"cmd": ["true"]}}) for name in "abc"
    )
    chosen = [
        Chosen(spec=spec, stage=settings_of(spec))
        for spec in read_specs(SourceFile("specs", text)).specs
    ]
    (finding,) = without_namespaces(chosen, "not allowed", lambda name: name == "b")

    assert finding.code == "BC933"
    assert "`a`, `c`: not allowed" in finding.message
    assert list(without_namespaces(chosen, "not allowed", lambda name: True)) == []
