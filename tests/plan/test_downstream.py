"""What changes set off further down: along readers, through others, in any project."""

from __future__ import annotations

from typing import Any

import pytest

from bcdslc.plan.change import Effect, Keep, Update
from bcdslc.plan.decide import decide
from plan.standing import changed, reading, spec, standing, wish

GLOB = {"input": {"pfs": {"repo": "in", "glob": "/"}}}
NEW_DESCRIPTION = {"description": "x"}
NEW_IMAGE = {"transform": {"image": "i:2", "cmd": ["c"]}}


def of_project(project: str, each: dict[str, Any]) -> dict[str, Any]:
    """Return a spec in another project."""
    return each | {"pipeline": {"project": {"name": project}, "name": each["pipeline"]["name"]}}


@pytest.mark.parametrize(
    ("change", "below"),
    [
        (GLOB, Effect.NEW_DATUMS),
        (NEW_DESCRIPTION, Effect.SKIPS),
        (NEW_IMAGE, Effect.SKIPS),
        ({"reprocessSpec": "every_job"}, Effect.NEW_DATUMS),
    ],
)
def test_effects_run_through_several_levels(change: Any, below: Effect) -> None:
    """Each reader gets a job, however far down; what changed at the top decides of what kind."""
    rest = [spec("b", "a"), spec("c", "b"), spec("d", "c")]
    plan = decide(wish(spec("a") | change, *rest), standing(spec("a"), *rest))

    assert [c.effect for c in plan.changes[1:] if isinstance(c, Keep)] == [below] * 3
    assert [c.because for c in plan.changes[1:] if isinstance(c, Keep)] == [("a",), ("b",), ("c",)]


@pytest.mark.parametrize("operator", ["cross", "union", "join", "group"])
def test_each_input_of_an_operator_counts(operator: str) -> None:
    """The strongest of what comes in decides."""
    both = spec("c", input=reading("a", "b", operator=operator))
    stands = standing(spec("a"), spec("b"), both)
    plan = decide(wish(spec("a", **NEW_DESCRIPTION), spec("b") | GLOB, both), stands)

    assert plan.changes[2] == Keep(name="c", effect=Effect.NEW_DATUMS, because=("a", "b"))


def test_a_stage_with_new_code_passes_new_data_on() -> None:
    """Its label says that old results stay; its readers get what came from above."""
    rest = [spec("c", "b")]
    plan = decide(
        wish(spec("a") | GLOB, spec("b", "a", **NEW_IMAGE), *rest),
        standing(spec("a"), spec("b", "a"), *rest),
    )

    assert isinstance(plan.changes[1], Update)
    assert plan.changes[1].effect is Effect.OLD_RESULTS
    assert plan.changes[2] == Keep(name="c", effect=Effect.NEW_DATUMS, because=("b",))


def test_through_pipelines_of_others_and_back() -> None:
    """A stage that reads theirs, which reads ours, runs; so does who reads in another project."""
    theirs = [
        of_project("q", spec("x", input=reading("p/a"))),
        of_project("q", spec("y", "x")),
        of_project("q", spec("far", "elsewhere")),
    ]
    back = spec("b", input=reading("q/y"))
    plan = decide(wish(spec("a") | GLOB, back), standing(spec("a"), back, *theirs))

    assert plan.changes[1] == Keep(name="b", effect=Effect.NEW_DATUMS, because=("q/y",))
    assert plan.downstream == (("q/x", Effect.NEW_DATUMS), ("q/y", Effect.NEW_DATUMS))
    assert plan.others == ()


def test_what_runs_everything_runs_everything() -> None:
    """Of a reader that always runs all its datums even a skipping job runs all."""
    rest = [spec("b", "a", reprocessSpec="every_job"), spec("c", "b")]
    plan = decide(wish(spec("a", **NEW_DESCRIPTION), *rest), standing(spec("a"), *rest))

    assert [c.effect for c in plan.changes[1:] if isinstance(c, Keep)] == [
        Effect.ALL_DATUMS,
        Effect.NEW_DATUMS,
    ]


def test_what_stands_still_ends_it() -> None:
    """A stopped pipeline, and a spout, pass nothing on; a service starts anew and is silent."""
    rest = [spec("b", "a"), spec("c", "b")]
    there = changed(standing(spec("a"), *rest), "b", stopped=True)
    assert decide(wish(spec("a") | GLOB, *rest), there).changes[1:] == (
        Keep(name="b"),
        Keep(name="c"),
    )
    serving = [spec("b", "a", service={"internalPort": 80}), spec("c", "b")]
    plan = decide(wish(spec("a") | GLOB, *serving), standing(spec("a"), *serving))
    assert plan.changes[1:] == (
        Keep(name="b", effect=Effect.RESTARTS, because=("a",)),
        Keep(name="c"),
    )
    source = {"spout": {}, "input": None}
    spouts = [spec("a", **source), spec("b", "a")]
    plan = decide(wish(spec("a", **source, **NEW_IMAGE), spouts[1]), standing(*spouts))
    assert plan.changes[1] == Keep(name="b")


def test_a_change_that_matters_less_says_what_matters_more() -> None:
    """A stage whose own change would skip all runs new datums after its upstream, which is said."""
    plan = decide(
        wish(spec("a") | GLOB, spec("b", "a", **NEW_DESCRIPTION)),
        standing(spec("a"), spec("b", "a")),
    )
    change = plan.changes[1]

    assert isinstance(change, Update)
    assert (change.effect, change.because) == (Effect.NEW_DATUMS, ("a",))
    assert change.fields[0].effect is Effect.SKIPS
