"""Carrying out a plan that was agreed to, and saying what became of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from bcdsl.diagnostic import Diagnostic, Severity
from bcdsl.frozen import replace
from bcdslc.cli import exit_code
from bcdslc.cli.options import Color
from bcdslc.cli.show import show
from bcdslc.cluster.fault import ClusterError, Trouble
from bcdslc.cluster.look import look
from bcdslc.cluster.protocol import Cluster
from bcdslc.cluster.seen import Standing
from bcdslc.cluster.told import told
from bcdslc.cluster.where import Where
from bcdslc.plan.apply import Applied, Progress, apply, calls_in_transaction, calls_of
from bcdslc.plan.change import Plan
from bcdslc.plan.decide import decide
from bcdslc.plan.moved import moved
from bcdslc.plan.obstacle import in_the_way, refusal
from bcdslc.plan.step import Send, Step, words
from bcdslc.plan.wish import Wish
from bcdslc.view.plan_text import summary

MOVED = "BC817"
ANSWER_LOST = "BC818"
LEFT_OVER = "BC819"
NOT_EQUAL = "BC821"


def carry_out(plan: Plan, wish: Wish | None, cluster: Cluster, where: Where, color: Color) -> int:
    """Do what a plan says, if the cluster is still what it was made for."""
    standing = _look(plan, wish, cluster)
    news = moved(plan, standing)
    if news:
        return _stop(
            MOVED,
            f"nothing was done: the cluster has moved since the plan was made: {', '.join(news)}",
            "make a new plan, and look at it",
            color,
        )
    blocked = list(in_the_way(plan, standing, () if wish is None else wish.specs))
    if blocked:  # they came since the plan was made
        show(blocked, color=color)
        print("nothing was done", file=sys.stderr)
        return exit_code.PROBLEMS
    progress = Progress(checked=_checked(len(calls_in_transaction(plan))), done=_done)
    applied = apply(plan, cluster, progress)
    if applied.fault is not None:
        return _failed(plan, applied, standing, wish, where, color)
    if applied.answer_lost:
        show([_lost("the server's answer was lost, but all of it was carried out",
                    Severity.WARNING)], color=color)  # fmt: skip
    try:
        return _read_back(plan, wish, cluster, color)
    except ClusterError as error:
        unread = _lost("all of it was carried out, but it could not be read back", Severity.WARNING)
        show([told(error.fault, where.address), unread], color=color)
        return exit_code.SERVER
    except KeyboardInterrupt:
        print("all of it was carried out", file=sys.stderr)
        raise


def _look(plan: Plan, wish: Wish | None, cluster: Cluster) -> Standing:
    repos = plan.new_repos if wish is None else wish.repos
    return look(cluster, plan.project, [name for name, _ in plan.base], repos)


def _read_back(plan: Plan, wish: Wish | None, cluster: Cluster, color: Color) -> int:
    after = _look(plan, wish, cluster)
    for call in calls_of(plan):
        seen = after.pipeline(plan.project, call.name)
        if seen is not None:
            state = seen.state.removeprefix("PIPELINE_").lower()
            print(f"{call.name}: version {seen.version}, {state}")
    if wish is None:  # a kept plan has no document to compare with
        print("done; `bcdsl plan` of its document says whether anything is left")
        return exit_code.FINE
    again = decide(_without_wishes(wish), after)
    if again.empty:
        print(f"done; a second plan is empty: {summary(again)}")
        return exit_code.FINE
    return _stop(
        NOT_EQUAL,
        f"the cluster still differs from the document: {summary(again)}",
        "see what differs with `bcdsl plan`; somebody else may have changed it",
        color,
    )


def _without_wishes(wish: Wish) -> Wish:
    return Wish(project=wish.project, dag=wish.dag, repos=wish.repos, specs=wish.specs)


def _failed(
    plan: Plan,
    applied: Applied,
    standing: Standing,
    wish: Wish | None,
    where: Where,
    color: Color,
) -> int:
    fault = applied.fault
    assert fault is not None
    specs = () if wish is None else wish.specs
    refused = fault.trouble in (Trouble.REFUSED, Trouble.MISSING, Trouble.EXISTS)
    sending = applied.carried_out is False or isinstance(next(iter(applied.left), None), Send)
    if refused and sending:
        problems = [refusal(fault, standing, specs)]
    else:
        span = next((s.at("pipeline", "name") for s in specs if s.name == fault.subject), None)
        problems = [replace(told(fault, where.address), span=span)]
    if applied.carried_out is None:
        problems.append(_lost("whether the changes were carried out is not known", Severity.ERROR))
    if applied.carried_out and applied.left:
        problems.append(_left(applied.left))
    show(problems, color=color)
    if applied.carried_out is False:
        when = ", as the cluster says right after that" if fault.open else ""
        print(f"nothing was created or updated{when}", file=sys.stderr)
    if fault.trouble is Trouble.INTERRUPTED:
        return exit_code.INTERRUPTED
    return exit_code.SERVER


def _left(steps: Sequence[Step]) -> Diagnostic:
    said = ", then ".join(words(step) for step in steps)
    return Diagnostic(
        code=LEFT_OVER,
        message=f"what came before was done; left: {said}",
        span=None,
        help="apply again with the same options, which goes on from here; the first of these may "
        "have been done in part: a refused delete stops its pipeline",
    )


def _lost(message: str, severity: Severity) -> Diagnostic:
    return Diagnostic(
        code=ANSWER_LOST,
        message=message,
        span=None,
        severity=severity,
        help="`bcdsl plan` shows how the cluster stands",
    )


def _stop(code: str, message: str, help: str, color: Color) -> int:
    show([Diagnostic(code=code, message=message, span=None, help=help)], color=color)
    return exit_code.SERVER


def _checked(total: int) -> Callable[[int], None]:
    def tell(done: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\rchecked {done} of {total}", end=end, file=sys.stderr, flush=True)

    return tell


def _done(step: Step) -> None:
    print(f"done: {words(step)}", flush=True)
