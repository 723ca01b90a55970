"""Which steps follow the transaction, and which stages wait for them.

* An output branch moves only while its pipeline is stopped (section 4.3 of the spec reference):
  stop, update, start. Who reads it is stopped and started with it: a reader that is updated
  before that start finds an empty branch, drops all it wrote, and so do those below it.
* A pipeline becomes a spout or service, or stops being one, only by being made anew. It cannot
  be deleted while others are downstream of it; a stopped pipeline is downstream of nothing
  (section 4.4). So who reads it is stopped, sent again and started.
* Whatever is further down waits too, so that it makes one job, not two.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set

from bcdsl.frozen import dataclass
from bcdslc.plan.change import Keep, StageChange, Update
from bcdslc.plan.reads import Reads, downstream_first
from bcdslc.plan.stage import Stage
from bcdslc.plan.step import Remove, Send, Start, Step, Stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Which stages cannot be changed in the transaction, and why."""

    recreated: frozenset[str]
    moved: frozenset[str]
    held: frozenset[str]  # stand stopped while they are sent
    waiting: frozenset[str]  # these, and all that is downstream of them


def holding(stages: Sequence[Stage], reads: Reads, reads_now: Reads) -> Holding:
    """Return which stages of a document cannot be changed as they stand.

    `reads` says what the stages will read of each other, `reads_now` what they do.
    """
    recreated = {s.name for s in stages if s.other_kind}
    moved = {s.name for s in stages if s.other_branch} - recreated
    missing = {s.name for s in stages if s.seen is None}
    now = {s.name: reads_now[s.name] for s in stages if s.name not in missing | recreated}
    # who stands stopped before a repo that is gone was stopped so that it could go
    bereft = {s.name for s in stages if s.stopped and now.get(s.name, frozenset()) & missing}
    sources = {name for reader in bereft for name in now[reader] & missing}
    readers = {n for n, read in now.items() if read & recreated or (read | reads[n]) & moved}
    held = moved | bereft | readers
    waiting = recreated | held | sources
    return Holding(
        recreated=frozenset(recreated),
        moved=frozenset(moved),
        held=frozenset(held),
        waiting=_downstream(waiting, reads, reads_now),
    )


def steps_after(
    stages: Sequence[Stage],
    changes: Sequence[StageChange],
    why: Holding,
    due: Collection[str],
    pruned: Collection[str],
    reads_now: Reads,
) -> tuple[Step, ...]:
    """Return the steps in their order; `pruned` are the pipelines that go for good."""
    stopped = {stage.name for stage in stages if stage.stopped}
    held = {c.name for c in changes if isinstance(c, Update) and c.held}
    sent = [c for c in changes if c.name in why.waiting | held and not isinstance(c, Keep)]
    send = Send(
        creates=tuple(c.name for c in sent if not isinstance(c, Update)),
        updates=tuple(c.name for c in sent if isinstance(c, Update)),
    )
    in_the_way = {name for name in pruned if reads_now[name] & (why.recreated | why.moved)}
    ordered = [
        name for name in downstream_first(reads_now) if name in held | in_the_way | why.recreated
    ]
    started = held | {c.name for c in changes if isinstance(c, Keep) and c.name in due}
    gone = [name for name in downstream_first(reads_now) if name in pruned]
    return (
        *[Stop(name=name) for name in ordered if name not in why.recreated | stopped],
        *[Remove(name=name, again=True) for name in ordered if name in why.recreated],
        *([send] if sent else []),
        *[Start(name=stage.name) for stage in stages if stage.name in started],
        *[Remove(name=name) for name in gone],
    )


def _downstream(roots: Set[str], *reads: Reads) -> frozenset[str]:
    """Return these stages and all that read them, directly or through others."""
    readers: dict[str, list[str]] = {}
    for each in reads:
        for reader, names in each.items():
            for name in names:
                readers.setdefault(name, []).append(reader)
    found, waiting = set(roots), list(roots)
    while waiting:
        for reader in readers.get(waiting.pop(), ()):
            if reader not in found:
                found.add(reader)
                waiting.append(reader)
    return frozenset(found)
