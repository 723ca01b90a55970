"""An error in one stage does not hide what is wrong with the specs of the others."""

from __future__ import annotations

from compiling import codes, compiled

BROKEN = "  broken: {image: i:1, cmd: work, from: nowhere}\n"
DROPPED = "  other: {image: i:1, cmd: work, from: a, spec: {resource_limits: {memory: 1KB}}}\n"
READER = "  reader: {image: i:1, cmd: work, from: broken}\n"


def document(*stages: str, head: str = "") -> str:
    """Return a document of some stages."""
    return f"repos: [a]\n{head}stages:\n{''.join(stages)}"


def test_rules_about_specs_are_asked_of_sound_stages():
    """The dropped size of another stage is told beside the unknown repo, each once."""
    found = compiled(document(BROKEN, DROPPED))

    assert sorted(problem.code for problem in found.problems) == ["BC301", "BC740"]
    assert not found.specs


def test_a_broken_stage_is_not_asked_twice():
    """A stage with an error of its own is not looked at again, nor is what it writes missed."""
    broken = DROPPED.replace("from: a", "from: nowhere")

    assert codes(compiled(document(broken, READER))) == {"BC301"}


def test_an_error_outside_the_stages_may_touch_all():
    """Where a class is wrong, no stage is called sound."""
    found = compiled(document(DROPPED, head="hardware: {big: {cpu: x}}\n"))

    assert "BC740" not in codes(found)
    assert found.failed


def test_a_stage_that_shares_a_broken_input_is_not_sound():
    """What an alias shares is wrong in both stages, though it is told once."""
    reads = 'from: &reads ["a:/<x>/<y>", {B: "a:/<x>"}, {C: "a:/<y>"}]'
    one = f"  one: {{image: i:1, cmd: work, {reads}}}\n"
    two = "  two: {image: i:1, cmd: work, from: *reads}\n"

    found = compiled(document(one, two, DROPPED))

    assert [problem.code for problem in found.problems] == ["BC450"]
