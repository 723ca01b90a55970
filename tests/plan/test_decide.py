"""What a plan says for what stands on the cluster."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from bcdslc.cluster.seen import Standing
from bcdslc.plan.change import Create, Delete, Effect, Keep, Plan, Update
from bcdslc.plan.decide import decide, touched, with_jobs
from bcdslc.plan.file import PlanFileError, from_value, to_value
from bcdslc.plan.moved import moved
from bcdslc.view.plan_text import plan_text
from plan.standing import MARK, changed, spec, standing, wish


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


def test_a_stopped_pipeline_runs_nothing() -> None:
    """An update of a stopped pipeline starts no job."""
    there = standing(spec("a"))
    stopped = replace(there, pipelines=(replace(there.pipelines[0], stopped=True),))
    (change,) = decide(wish(spec("a", description="new")), stopped).changes

    assert isinstance(change, Update)
    assert change.effect is Effect.NOTHING_RUNS


def test_reprocess_and_running_jobs() -> None:
    """Asked for, all datums run without a difference; a running job is counted."""
    plan = decide(wish(spec("a"), reprocess=frozenset(["a"])), standing(spec("a")))
    assert touched(plan) == ("a",)
    (change,) = with_jobs(plan, {"a": 2}).changes

    assert isinstance(change, Update)
    assert not change.fields
    assert (change.effect, change.reprocess, change.jobs) == (Effect.ALL_DATUMS, True, 2)


def test_prune_takes_only_what_is_marked() -> None:
    """Downstream first, and nobody else's."""
    old = [spec("m", **MARK), spec("n", "m", **MARK), spec("o", "n")]
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


def test_a_clock_that_is_renamed_leaves_its_ticks() -> None:
    """The repo of the old name goes with no pipeline any more, which is said."""
    old, new = ({"cron": {"name": name, "spec": "@never"}} for name in ("tick", "tock"))
    plan = decide(wish(spec("a", input=new)), standing(spec("a", input=old)))

    assert plan.left_behind == ("a_tick",)
    assert "the repo `a_tick` stays behind" in plan_text(plan)
    assert decide(wish(spec("a", input=new)), standing(spec("a", input=new))).left_behind == ()


def test_long_values_are_shown_where_they_differ() -> None:
    """Two scripts that begin alike are cut in front, too, or one would see no difference."""

    def scripted(last: str) -> dict[str, Any]:
        cmd = ["sh", "-c", "cat /pfs/in/* > /pfs/out/all\n" * 3 + last]
        return spec("a", transform={"image": "i", "cmd": cmd})

    said = plan_text(decide(wish(scripted("ls -l")), standing(scripted("ls")))).splitlines()

    assert said[2:4] == ['      - … > /pfs/out/all\\nls"]', '      + … > /pfs/out/all\\nls -l"]']


def busy_plan() -> Plan:
    """Return a plan with every kind of change and step."""
    stood = [
        spec("a"),
        spec("b", "a"),
        spec("m"),
        spec("s"),
        spec("t", "s"),
        spec("gone", **MARK),
        spec("x", "b"),
        spec("k"),
    ]
    there = standing(*stood)
    there = replace(there, repos=there.repos - {("p", "in")})
    wanted = [
        spec("a", transform={"image": "i:2", "cmd": ["c"]}, description="text"),
        spec("b", "a"),
        spec("m", outputBranch="other"),
        spec("s", service={"internalPort": 80}),
        spec("t", "s"),
        spec("new", "b"),
    ]
    plan = decide(wish(*wanted, prune=True, recreate=frozenset(["s"])), there)
    return with_jobs(plan, {"a": 2, "m": 1, "gone": 1})


def test_a_kept_plan_is_the_plan() -> None:
    """Through its file a plan comes back equal."""
    plan = busy_plan()

    assert from_value(json.loads(json.dumps(to_value(plan)))) == plan
    for wrong in ([], {}, {"bcdslPlan": 1}, {"bcdslPlan": 2}):
        with pytest.raises(PlanFileError):
            from_value(wrong)


PICTURE = """\
+ repo in
~ a      change      old results stay although the code changed; kills 2 running jobs
    description
      + text
      a job that skips all datums
    transform.image
      - i:1
      + i:2
= b      no change   a job that skips all datums (after a)
~ m      change      writes to another branch: all datums run; kills 1 running job
    outputBranch
      - master
      + other
! s      recreate    must be recreated
    service
      + {"internalPort": 80, "type": "NodePort"}
~ t      restart     new and changed datums only (after s)
+ new    create      all datums run
- gone   delete      with all it wrote; kills 1 running job

others downstream:
  p/x   a job that skips all datums

after the transaction, one by one, and not undoable:
  1. stop `m`                         its branch changes only so; kills 1 running job
  2. stop `t`                         what it reads moves or goes
  3. delete `s`                       its output is lost, with all history; it is made anew
  4. create `s` and update `m`, `t`   in one transaction
  5. start `m`                        a job starts; `m@master` stays as it is
  6. start `t`                        a job starts
  7. delete `gone`                    its output is lost, with all history

beside this document: k, x

1 repo to make, 1 to create, 3 to change, 1 to recreate, 1 to delete, 1 unchanged, kills 4 running jobs
to run the new code on all datums: `--reprocess a`, or `reprocess_when: every_job`
"""  # noqa: E501


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


def test_what_is_pruned_must_not_have_moved() -> None:
    """Somebody may have made a former stage their own since: it is not deleted under them."""
    there = standing(spec("a"), spec("old", **MARK))
    plan = decide(wish(spec("a"), prune=True), there)

    assert moved(plan, there) == ()
    taken = changed(there, "old", version=2, spec_commit="c2", spec=spec("old"))
    assert moved(plan, taken) == ("`old` went from version 1 to 2",)
    gone = replace(there, pipelines=there.pipelines[:1])
    assert moved(plan, gone) == ("`old` was deleted",)
