"""How each stage of a document stands on the cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum

from bcdsl.frozen import dataclass
from bcdslc.cluster.seen import ACTIVE, SeenJob, SeenPipeline, Standing
from bcdslc.plan.change import Create, Delete, Plan, Recreate, Update
from bcdslc.plan.difference import Difference

BAD_STATES = ("PIPELINE_FAILURE", "PIPELINE_CRASHING", "PIPELINE_RESTARTING")
BAD_JOBS = ("JOB_FAILURE", "JOB_UNRUNNABLE")


class Agreement(Enum):
    """Whether a stage stands as the document says."""

    IN_STEP = "in step"
    DRIFTED = "drifted"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One stage: its pipeline, if it stands, whether that is in step, and its newest job."""

    name: str
    agreement: Agreement
    seen: SeenPipeline | None = None
    job: SeenJob | None = None
    drift: tuple[Difference, ...] = ()
    running: int = 0  # unfinished jobs
    unstarted: bool = False  # stopped by an `apply` that was cut off

    @property
    def trouble(self) -> bool:
        """Whether it needs somebody's hand."""
        failed = self.job is not None and self.job.state in BAD_JOBS
        return failed or (self.seen is not None and self.seen.state in BAD_STATES)

    @property
    def settled(self) -> bool:
        """Nothing is going on that will end by itself."""
        running = self.running or (self.job is not None and self.job.state in ACTIVE)
        starting = self.seen is not None and self.seen.state == "PIPELINE_STARTING"
        return not (running or starting)


def conditions(
    plan: Plan,
    standing: Standing,
    jobs: Mapping[str, SeenJob | None],
    running: Mapping[str, int],
) -> tuple[Condition, ...]:
    """Return how the stages of a plan stand, in its order.

    `jobs` holds the newest job of each, `running` the number of its unfinished ones.
    """
    return tuple(_of(plan, standing, jobs, running))


def _of(
    plan: Plan,
    standing: Standing,
    jobs: Mapping[str, SeenJob | None],
    running: Mapping[str, int],
) -> Iterator[Condition]:
    for change in plan.changes:
        if isinstance(change, Delete):
            continue
        if isinstance(change, Create):
            yield Condition(name=change.name, agreement=Agreement.MISSING)
            continue
        drift = (
            [f.difference for f in change.fields] if isinstance(change, Update | Recreate) else []
        )
        yield Condition(
            name=change.name,
            agreement=Agreement.DRIFTED if drift else Agreement.IN_STEP,
            seen=standing.pipeline(plan.project, change.name),
            job=jobs.get(change.name),
            drift=tuple(drift),
            running=running.get(change.name, 0),
            unstarted=change.name in standing.unstarted,
        )
