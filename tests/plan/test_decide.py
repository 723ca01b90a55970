"""What a plan says for what stands on the cluster."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bcdslc.cluster.seen import SeenPipeline, Standing
from bcdslc.plan.change import Create, Delete, Effect, Keep, Plan, Update
from bcdslc.plan.decide import Wish, decide
from bcdslc.plan.file import PlanFileError, from_value, to_value
from bcdslc.plan.moved import moved
from bcdslc.spec.decode import decode
from bcdslc.view.plan_text import plan_text


def spec(name: str, reads: str = "in", **fields: Any) -> dict[str, Any]:
    """Return a small spec."""
    return {
        "pipeline": {"project": {"name": "p"}, "name": name},
        "transform": {"image": "i:1", "cmd": ["c"]},
        "input": {"pfs": {"repo": reads, "glob": "/*"}},
    } | fields


def wish(*specs: dict[str, Any], **more: Any) -> Wish:
    """Return what a document with these specs wants."""
    found = [decode(each)[0] for each in specs]
    fields = {"project": "p", "dag": "d", "repos": ("in",), **more}
    return Wish(specs=tuple(each for each in found if each is not None), **fields)


def standing(*specs: dict[str, Any], **more: Any) -> Standing:
    """Return a cluster on which these specs stand, each at version 1."""
    pipelines = tuple(
        SeenPipeline(
            project=each["pipeline"]["project"]["name"],
            name=each["pipeline"]["name"],
            version=1,
            spec_commit="c1",
            spec=each,
        )
        for each in specs
    )
    return Standing(
        version=(2, 12),
        projects=frozenset(["p"]),
        repos=frozenset([("p", "in"), *[(e.project, e.name) for e in pipelines]]),
        pipelines=pipelines,
        **more,
    )


def test_nothing_stands() -> None:
    """On an empty cluster all is made, upstream first."""
    empty = Standing(version=(2, 12), projects=frozenset(), repos=frozenset(), pipelines=())

    plan = decide(wish(spec("a"), spec("b", "a")), empty)

    assert plan.new_project
    assert plan.new_repos == ("in",)
    assert [(type(each), each.name) for each in plan.changes] == [(Create, "a"), (Create, "b")]
    assert plan.base == (("a", None), ("b", None))


def test_all_stands() -> None:
    """Where all stands as wanted there is nothing to do, mark or no mark."""
    plan = decide(wish(spec("a"), spec("b", "a")), standing(spec("a"), spec("b", "a")))

    assert plan.empty
    assert all(isinstance(each, Keep) and not each.because for each in plan.changes)


FIELDS = [
    ({"transform": {"image": "i:2", "cmd": ["c"]}}, Effect.OLD_RESULTS),
    ({"description": "new"}, Effect.SKIPS),
    ({"resourceLimits": {"memory": "1G"}}, Effect.SKIPS),
    ({"input": {"pfs": {"repo": "in", "glob": "/*/*"}}}, Effect.NEW_DATUMS),
    ({"input": {"pfs": {"repo": "in", "name": "other", "glob": "/*"}}}, Effect.ALL_DATUMS),
    ({"reprocessSpec": "every_job"}, Effect.ALL_DATUMS),
    ({"outputBranch": "other"}, Effect.REFUSED),
    ({"service": {"internalPort": 80}}, Effect.RECREATE),
]


@pytest.mark.parametrize(("fields", "effect"), FIELDS)
def test_each_change_has_its_effect(fields: Any, effect: Effect) -> None:
    """A changed field says what it sets off."""
    (change,) = decide(wish(spec("a", **fields)), standing(spec("a"))).changes

    assert isinstance(change, Update)
    assert change.effect is effect
    assert change.spec["metadata"]["annotations"] == {"bcdsl.dag": "p/d"}


def test_effects_run_downstream() -> None:
    """Readers of a change get a job; who runs everything always runs everything."""
    specs = [spec("b", "a"), spec("c", "b", reprocessSpec="every_job")]
    others = [spec("x", "c"), spec("y", "in")]
    plan = decide(
        wish(spec("a", input={"pfs": {"repo": "in", "glob": "/"}}), *specs),
        standing(spec("a"), *specs, *others),
    )

    assert [each.effect for each in plan.changes[1:] if isinstance(each, Keep)] == [
        Effect.NEW_DATUMS,
        Effect.ALL_DATUMS,
    ]
    assert plan.downstream == (("p/x", Effect.NEW_DATUMS),)
    assert plan.others == ("x", "y")


def test_a_stopped_pipeline_runs_nothing() -> None:
    """An update of a stopped pipeline starts no job."""
    there = standing(spec("a"))
    stopped = replace(there, pipelines=(replace(there.pipelines[0], stopped=True),))
    (change,) = decide(wish(spec("a", description="new")), stopped).changes

    assert isinstance(change, Update)
    assert change.effect is Effect.NOTHING_RUNS


def test_reprocess_and_running_jobs() -> None:
    """Asked for, all datums run without a difference; a running job is counted."""
    there = standing(spec("a"))
    busy = replace(there, pipelines=(replace(there.pipelines[0], last_job="JOB_RUNNING"),))
    (change,) = decide(wish(spec("a"), reprocess=frozenset(["a"])), busy).changes

    assert isinstance(change, Update)
    assert not change.fields
    assert (change.effect, change.reprocess, change.kills) == (Effect.ALL_DATUMS, True, True)


def test_prune_takes_only_what_is_marked() -> None:
    """Downstream first, and nobody else's."""
    mark = {"metadata": {"annotations": {"bcdsl.dag": "p/d"}}}
    old = [spec("m", **mark), spec("n", "m", **mark), spec("o", "n")]
    plan = decide(wish(spec("a"), prune=True), standing(spec("a"), *old))

    assert [each.name for each in plan.changes if isinstance(each, Delete)] == ["n", "m"]
    assert plan.others == ("o",)


def test_defaults_of_the_cluster_count() -> None:
    """A default that the spec does not say is on both sides; a null takes it away."""
    defaults = json.dumps({"createPipelineRequest": {"autoscaling": True}})
    there = standing(spec("a", autoscaling=True), cluster_defaults=defaults)

    assert decide(wish(spec("a")), there).empty
    assert not decide(wish(spec("a", autoscaling=False)), there).empty
    assert not decide(wish(spec("a", autoscaling=None)), there).empty


def busy_plan() -> Plan:
    """Return a plan with every kind of change."""
    mark = {"metadata": {"annotations": {"bcdsl.dag": "p/d"}}}
    there = standing(spec("a"), spec("b", "a"), spec("gone", **mark), spec("x", "b"), spec("k"))
    there = replace(
        there,
        repos=there.repos - {("p", "in")},
        pipelines=tuple(replace(e, last_job="JOB_RUNNING") for e in there.pipelines),
    )
    wanted = [
        spec("a", transform={"image": "i:2", "cmd": ["c"]}, description="text"),
        spec("b", "a"),
        spec("new", "b"),
    ]
    return decide(wish(*wanted, prune=True), there)


def test_a_kept_plan_is_the_plan() -> None:
    """Through its file a plan comes back equal."""
    plan = busy_plan()

    assert from_value(json.loads(json.dumps(to_value(plan)))) == plan
    for wrong in ([], {}, {"bcdslPlan": 2}, {"bcdslPlan": 1}):
        with pytest.raises(PlanFileError):
            from_value(wrong)


PICTURE = """\
+ repo in
~ a      change      old results stay although the code changed; kills the running job
    description
      + text
      a job that skips all datums
    transform.image
      - i:1
      + i:2
= b      no change   a job that skips all datums (after a)
+ new    create      all datums run
- gone   delete      with its output; not undoable

others downstream:
  p/x   a job that skips all datums

beside this document: k, x

1 repo to make, 1 to create, 1 to change, 1 to delete, 1 unchanged, 1 running job would be killed
to run the new code on all datums: `--reprocess a`, or `reprocess_when: every_job`
"""


def test_the_picture() -> None:
    """A plan is drawn with all that it says."""
    assert plan_text(busy_plan(), all=True) == PICTURE


def test_moved() -> None:
    """What changed since the plan was made is named; what did not is not."""
    there = standing(spec("a"))
    plan = decide(wish(spec("a", description="new"), spec("b")), there)

    assert moved(plan, there) == ()
    later = replace(there.pipelines[0], version=2, spec_commit="c2")
    assert moved(plan, replace(there, pipelines=(later,))) == ("`a` went from version 1 to 2",)
    assert moved(plan, replace(there, pipelines=())) == ("`a` was deleted",)
    new = replace(there.pipelines[0], name="b")
    both = (there.pipelines[0], new)
    assert moved(plan, replace(there, pipelines=both)) == ("`b` was created",)
