"""What cannot be in the transaction comes after it, in an order that the server takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bcdsl.diagnostic import Diagnostic
from bcdslc.cluster.seen import Standing
from bcdslc.plan.apply import calls_in_transaction
from bcdslc.plan.change import Create, Effect, Keep, Recreate, Update
from bcdslc.plan.decide import decide
from bcdslc.plan.obstacle import obstacles
from bcdslc.plan.step import Remove, Send, Start, Stop
from bcdslc.plan.wish import Wish
from plan.standing import MARK, changed, reading, spec, standing, wish

OTHER = {"outputBranch": "other"}
SERVES: dict[str, Any] = {"service": {"internalPort": 80}}
STARTED = {"bcdsl.dag": "p/d", "bcdsl.start": "due"}


def problems(wanted: Wish, there: Standing) -> list[Diagnostic]:
    """Return what stands in the way."""
    return list(obstacles(decide(wanted, there), there, wanted))


def test_a_branch_moves_while_its_pipeline_is_stopped() -> None:
    """Stop it and who reads it, update both in one transaction, start; all else goes before."""
    moved = [spec("a", **OTHER), spec("b", input=reading("a@other")), spec("c")]
    there = standing(spec("a"), spec("b", "a"), spec("c", description="old"))
    plan = decide(wish(*moved), there)

    assert plan.steps == (
        Stop(name="b"),
        Stop(name="a"),
        Send(creates=(), updates=("a", "b")),
        Start(name="a"),
        Start(name="b"),
    )
    assert [call.name for call in calls_in_transaction(plan)] == ["c"]
    a, b, _ = plan.changes
    assert isinstance(a, Update)
    assert isinstance(b, Update)
    assert (a.effect, a.held, b.effect, b.held) == (Effect.MOVES, True, Effect.ALL_DATUMS, True)
    assert a.spec["metadata"]["annotations"] == STARTED
    newly = decide(wish(*moved), standing(spec("a"), spec("b"), spec("c")))
    assert set(newly.steps) == set(
        plan.steps
    )  # who did not read it before would find it empty all the same


def test_another_kind_is_made_anew() -> None:
    """Its readers are stopped so that it can go, and started when it is back."""
    rest = [spec("b", "a"), spec("c", "b")]
    there = standing(spec("a"), *rest)
    wanted = wish(spec("a", **SERVES), *rest, recreate=frozenset(["a"]))
    plan = decide(wanted, there)

    assert plan.steps == (
        Stop(name="b"),
        Remove(name="a", again=True),
        Send(creates=("a",), updates=("b",)),
        Start(name="b"),
    )
    a, b, c = plan.changes
    assert isinstance(a, Recreate)
    assert isinstance(b, Update)
    assert (b.fields, b.held, b.effect) == ((), True, Effect.NEW_DATUMS)
    assert b.spec["metadata"]["annotations"] == STARTED
    assert c == Keep(name="c", effect=Effect.NEW_DATUMS, because=("b",))
    assert calls_in_transaction(plan) == ()
    assert problems(wanted, there) == []


def test_nothing_is_recreated_unasked() -> None:
    """Without `--recreate` the plan shows it, and is refused."""
    for old, new in (({}, SERVES), (SERVES, {}), ({}, {"spout": {}}), (SERVES, {"spout": {}})):
        wanted, there = wish(spec("a", **new)), standing(spec("a", **old))
        assert isinstance(decide(wanted, there).changes[0], Recreate)
        assert [problem.code for problem in problems(wanted, there)] == ["BC811"]


def test_agreeing_does_not_recreate() -> None:
    """`--recreate` lets it happen where it must: said again, it deletes nothing again."""
    assert decide(wish(spec("a"), recreate=frozenset(["a"])), standing(spec("a"))).empty


def test_several_in_a_row_go_downstream_first_and_come_upstream_first() -> None:
    """Stages of one chain that are all made anew need no stop."""
    old = [spec("a", **SERVES), spec("b", "a", **SERVES), spec("c", "b")]
    plan = decide(wish(spec("a"), spec("b", "a"), spec("c", "b")), standing(*old))

    assert plan.steps == (
        Stop(name="c"),
        Remove(name="b", again=True),
        Remove(name="a", again=True),
        Send(creates=("a", "b"), updates=("c",)),
        Start(name="c"),
    )


def test_who_reads_the_ticks_of_a_clock_is_stopped_too() -> None:
    """A tick repo goes with its pipeline."""
    clock = spec("a", input={"cron": {"name": "tick", "spec": "@never"}})
    reader = spec("b", "a_tick")
    plan = decide(wish(clock, reader), standing(clock | SERVES, reader))

    assert plan.steps[0] == Stop(name="b")


def test_new_stages_below_wait_with_it() -> None:
    """What reads a stage that is made anew, directly or not, comes with it or after it."""
    wanted = [spec("a"), spec("n", "a"), spec("o", "n"), spec("z")]
    plan = decide(wish(*wanted), standing(spec("a", **SERVES)))

    assert plan.steps[-1] == Send(creates=("a", "n", "o"), updates=())
    assert [call.name for call in calls_in_transaction(plan)] == ["z"]


def test_pruned_readers_are_stopped_first_and_deleted_last() -> None:
    """A delete waits for all else, as readers may have to let go first."""
    old = [spec("m", "a", **MARK), spec("n", "m", **MARK)]
    for change in (OTHER, SERVES):
        wanted = wish(spec("a", **change), prune=True, recreate=frozenset("a"))
        plan = decide(wanted, standing(spec("a"), *old))
        assert Stop(name="m") in plan.steps
        assert Stop(name="n") not in plan.steps
        assert plan.steps[-2:] == (Remove(name="n"), Remove(name="m"))


def test_a_stage_that_stood_stopped_is_started() -> None:
    """Whoever moves or reads what is made anew ends running; nobody else does."""
    wanted = [spec("a", **OTHER), spec("b", description="new")]
    there = changed(standing(spec("a"), spec("b")), "a", stopped=True)
    plan = decide(wish(*wanted), changed(there, "b", stopped=True))

    assert plan.steps == (Send(creates=(), updates=("a",)), Start(name="a"))


def test_what_was_cut_off_goes_on() -> None:
    """From each state that a failure leaves behind, the rest of the steps follows."""
    rest = [spec("b", "a"), spec("c")]
    wanted = wish(spec("a", **SERVES), *rest, recreate=frozenset("a"))
    there = standing(spec("a"), *rest)

    stopped = changed(there, "b", stopped=True)
    assert decide(wanted, stopped).steps == (
        Remove(name="a", again=True),
        Send(creates=("a",), updates=("b",)),
        Start(name="b"),
    )
    deleted = replace(
        stopped,
        pipelines=tuple(each for each in stopped.pipelines if each.name != "a"),
        repos=stopped.repos - {("p", "a")},
    )
    plan = decide(wanted, deleted)
    assert isinstance(plan.changes[0], Create)
    assert plan.steps == (Send(creates=("a",), updates=("b",)), Start(name="b"))

    marked = {"metadata": {"annotations": STARTED}}
    sent = standing(spec("a", **SERVES), spec("b", "a", **marked), spec("c"))
    waiting = replace(changed(sent, "b", stopped=True), unstarted=frozenset("b"))
    again = decide(wanted, waiting)
    assert again.steps == (Start(name="b"),)
    assert [type(change) for change in again.changes] == [Keep, Keep, Keep]
    assert not again.empty


def test_a_later_change_does_not_forget_the_start() -> None:
    """A stage that waits to be started and changes once more is sent, marked and started."""
    waiting = replace(changed(standing(spec("a")), "a", stopped=True), unstarted=frozenset("a"))
    plan = decide(wish(spec("a", description="new")), waiting)

    assert plan.steps == (Send(creates=(), updates=("a",)), Start(name="a"))
    (change,) = plan.changes
    assert isinstance(change, Update)
    assert change.effect is Effect.SKIPS
    assert change.spec["metadata"]["annotations"] == STARTED


def test_others_that_read_it_prevent_it() -> None:
    """Nothing is stopped or deleted under somebody else's pipeline."""
    theirs = spec("x", "a")
    there = standing(spec("a"), theirs, spec("gone", **MARK), spec("y", "gone"))

    anew = wish(spec("a", **SERVES), recreate=frozenset("a"))
    assert [problem.message for problem in problems(anew, there)] == [
        "`p/x` reads `a`, which would be deleted, and is not of this document"
    ]
    assert [problem.code for problem in problems(wish(spec("a"), prune=True), there)] == ["BC824"]
    assert [problem.code for problem in problems(wish(spec("a", **OTHER)), there)] == ["BC810"]
    former = standing(spec("a"), spec("x", "a", **MARK))
    assert [problem.help for problem in problems(anew, former)] == [
        "say `--prune`: it was a stage of this document"
    ]
    other_branch = standing(spec("a"), spec("x", input=reading("a@theirs")))
    assert problems(wish(spec("a", **OTHER)), other_branch) == []


def test_a_cycle_through_others_is_refused() -> None:
    """The server would say no: it is told before, at the stage."""
    theirs = [spec("x", "b"), spec("y", "x")]
    wanted = wish(spec("a", "y"), spec("b", "a"))
    there = standing(spec("a"), spec("b", "a"), *theirs)
    change = decide(wanted, there).changes[0]

    assert isinstance(change, Update)
    assert change.effect is Effect.REFUSED
    found = problems(wanted, there)
    assert [problem.code for problem in found] == ["BC808", "BC808"]
    assert found[0].message.endswith("`a` would read what it writes, through `p/y`")
    assert problems(wish(spec("a"), spec("b", "a")), there) == []


def test_a_former_stage_that_is_still_read_is_not_pruned() -> None:
    """The document took it out of its stages, and reads it as a repo of somebody else."""
    there = standing(spec("old", **MARK), spec("a", "old"))
    found = problems(wish(spec("a", "old"), prune=True), there)

    assert [problem.code for problem in found] == ["BC824"]
    assert found[0].message == "`a` reads `old`, which `--prune` would delete"
    assert problems(wish(spec("a"), prune=True), there) == []
