"""What holds for every rule and every spec."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bcdslc.rule.rule import World
from bcdslc.rule.rules import FOLDER_RULES, RULES
from bcdslc.spec.field import fields_of
from bcdslc.spec.message import CreatePipelineRequest
from bcdslc.spec.spec import Spec
from spec_strategy import specs

WORLDS = st.sampled_from(
    [World(), World(closed=True), World(target=5), World(repos=frozenset([("default", "a")]))]
)
ROOTS = {item.camel for item in fields_of(CreatePipelineRequest)}


@given(spec=specs(), world=WORLDS)
def test_no_rule_crashes(spec: Spec, world: World) -> None:
    """A rule answers for any spec, each time the same, with a help and a path from the top."""
    for rule in RULES:
        found = list(rule.check(spec, world))
        for finding in found:
            assert not finding.path or finding.path[0] in ROOTS, (rule.code, finding.path)
            assert finding.message, rule.code
        assert found == list(rule.check(spec, world)), rule.code


@given(folder=st.lists(specs(), max_size=4), world=WORLDS)
def test_no_folder_rule_crashes(folder: Sequence[Spec], world: World) -> None:
    """A rule across specs answers for any folder, and tells its finding at a spec of it."""
    for rule in FOLDER_RULES:
        for found in rule.check(folder, world):
            assert any(found.spec is spec for spec in folder), rule.code
            assert all(any(it[0] is spec for spec in folder) for it in found.others), rule.code
